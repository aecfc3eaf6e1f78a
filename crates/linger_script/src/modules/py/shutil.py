"""The size of a terminal that is not there. All else of this module is about files, which scripts don't see."""

import os

__all__ = ["get_terminal_size"]


def get_terminal_size(fallback=(80, 24)):
    return os.terminal_size(fallback)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise AttributeError(f"module 'shutil' has no attribute {name!r}: scripts see no files")
