"""Paths as text. What would have to look at files is left out: scripts see none."""

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"

__all__ = ["normcase", "isabs", "join", "splitdrive", "split", "splitext", "basename", "dirname", "commonprefix",
           "normpath", "abspath", "relpath", "commonpath", "curdir", "pardir", "sep", "pathsep", "altsep", "extsep",
           "devnull", "defpath"]


def _text(path):
    import os
    return os.fspath(path)


def normcase(s):
    return _text(s)


def isabs(s):
    return _text(s).startswith("/")


def join(a, *p):
    path = _text(a)
    for part in map(_text, p):
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(p):
    p = _text(p)
    at = p.rfind("/") + 1
    head, tail = p[:at], p[at:]
    return (head.rstrip("/") or head), tail


def splitext(p):
    p = _text(p)
    name = p.rfind("/") + 1
    dot = p.rfind(".")
    # Leading dots belong to the name.
    if dot > name and p[name:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def splitdrive(p):
    return "", _text(p)


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def commonprefix(m):
    if not m:
        return ""
    first, last = min(m), max(m)
    for index, (one, other) in enumerate(zip(first, last)):
        if one != other:
            return first[:index]
    return first[:len(last)]


def normpath(path):
    path = _text(path)
    if not path:
        return "."
    slashes = len(path) - len(path.lstrip("/"))
    root = "//" if slashes == 2 else "/" * min(slashes, 1)
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or not root and not parts or parts and parts[-1] == "..":
            parts.append(part)
        elif parts:
            parts.pop()
    return root + "/".join(parts) or "."


def abspath(path):
    # Every relative path is relative to the root: scripts have no folder that they are in.
    return normpath(join("/", path))


def relpath(path, start=None):
    parts = [part for part in abspath(path).split("/") if part]
    start = [part for part in abspath(start or "/").split("/") if part]
    shared = 0
    while shared < min(len(parts), len(start)) and parts[shared] == start[shared]:
        shared += 1
    return join(*[".."] * (len(start) - shared), *parts[shared:]) if parts[shared:] or len(start) > shared else "."


def commonpath(paths):
    paths = [_text(path) for path in paths]
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    if len({path.startswith("/") for path in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in path.split("/") if part and part != "."] for path in paths]
    common = []
    for parts in zip(*split_paths):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return ("/" if paths[0].startswith("/") else "") + "/".join(common)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise AttributeError(f"module 'os.path' has no attribute {name!r}: scripts see no files")
