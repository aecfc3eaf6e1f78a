"""What is left of the operating system: nothing but paths as text, and names that other modules read. Scripts see no files, processes or
environment."""

import abc
import posixpath as path
import sys

sys.modules["os.path"] = path

name = "linger"
sep = "/"
linesep = "\n"
curdir = "."
pardir = ".."
environ = {}
extsep = "."
altsep = None
pathsep = ":"
devnull = "/dev/null"


class terminal_size(tuple):
    """Columns and lines."""

    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])


def get_terminal_size(fd=1):
    raise OSError("scripts have no terminal")


class PathLike(abc.ABC):
    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    __class_getitem__ = classmethod(type(list[int]))


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    try:
        return type(path).__fspath__(path)
    except AttributeError:
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}") from None


def getenv(key, default=None):
    return default


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise AttributeError(f"module 'os' has no attribute {name!r}: scripts see no operating system")
