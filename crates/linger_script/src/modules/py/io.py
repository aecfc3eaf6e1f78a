"""Streams in memory. Scripts see no files."""

import abc
import sys
from _io import BytesIO, StringIO

__all__ = ["BytesIO", "StringIO", "IOBase", "RawIOBase", "BufferedIOBase", "TextIOBase", "UnsupportedOperation", "open", "FileIO",
           "BufferedReader", "BufferedWriter", "BufferedRandom", "TextIOWrapper",
           "SEEK_SET", "SEEK_CUR", "SEEK_END", "DEFAULT_BUFFER_SIZE"]

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    pass


class IOBase(metaclass=abc.ABCMeta):
    closed = False

    def _unsupported(self, name):
        raise UnsupportedOperation(f"{type(self).__name__}.{name}() not supported")

    def close(self):
        if not self.closed:
            self.flush()
            self.closed = True

    def flush(self):
        pass

    def fileno(self):
        self._unsupported("fileno")

    def isatty(self):
        return False

    def readable(self):
        return False

    def seekable(self):
        return False

    def writable(self):
        return False

    def seek(self, pos, whence=0):
        self._unsupported("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, pos=None):
        self._unsupported("truncate")

    def __enter__(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=None):
        return list(self)

    def writelines(self, lines):
        for line in lines:
            self.write(line)


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass


class TextIOBase(IOBase):
    encoding = None
    errors = None
    newlines = None


class _File:
    def __init__(self, *args, **kwargs):
        raise UnsupportedOperation(f"{type(self).__name__}: scripts see no files")


class FileIO(_File, RawIOBase):
    pass


class BufferedReader(_File, BufferedIOBase):
    pass


class BufferedWriter(_File, BufferedIOBase):
    pass


class BufferedRandom(_File, BufferedIOBase):
    pass


TextIOWrapper = type(sys.stdout)

BufferedIOBase.register(BytesIO)
TextIOBase.register(StringIO)


def text_encoding(encoding, stacklevel=2):
    return "locale" if encoding is None else encoding


def open(file, mode="r", *args, **kwargs):
    raise OSError("open() is not available: scripts see no files")
