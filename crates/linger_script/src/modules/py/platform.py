"""What scripts may know of where they run: the language, and nothing of the machine."""

import sys


def python_implementation():
    return "Linger"


def python_version():
    return ".".join(python_version_tuple())


def python_version_tuple():
    return tuple(str(part) for part in sys.version_info[:3])


def python_compiler():
    return ""


def python_build():
    return ("", "")


def python_branch():
    return ""


def python_revision():
    return ""


def system():
    return ""


def node():
    return ""


def release():
    return ""


def version():
    return ""


def machine():
    return ""


def processor():
    return ""


def architecture(executable="", bits="", linkage=""):
    return (bits or "64bit", linkage)


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    return (lib, version)


def platform(aliased=False, terse=False):
    return "Linger"
