"""Frames, and where code comes from, as `inspect` tells of them."""

import sys
import types
from collections import namedtuple

Arguments = namedtuple("Arguments", "args varargs varkw")
ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")
FrameInfo = namedtuple("FrameInfo", "frame filename lineno function code_context index")
Traceback = namedtuple("Traceback", "filename lineno function code_context index")
for _told in Arguments, ArgInfo, FrameInfo, Traceback:
    _told.__module__ = "inspect"


def currentframe():
    return sys._getframe(1)


def _code_of(object):
    """The code of a function, a method, a frame or a traceback."""
    object = getattr(object, "__func__", object)
    for name in "__code__", "tb_frame", "f_code":
        object = getattr(object, name, object)
    return object if isinstance(object, types.CodeType) else None


def getfile(object):
    code = _code_of(object)
    if code is not None:
        return code.co_filename
    module = object
    if isinstance(object, type):
        module = sys.modules.get(object.__module__)
    elif not isinstance(object, types.ModuleType):
        raise TypeError(
            "module, class, method, function, traceback, frame, or code object was expected, got " + type(object).__name__
        )
    file = getattr(module, "__file__", None)
    if file is None:
        kind = "class" if isinstance(object, type) else "module"
        raise TypeError(f"{object!r} is a built-in {kind}")
    return file


def getsourcefile(object):
    return getfile(object)


def _last_line(code):
    last = max((line for _, _, line in code.co_lines() if line is not None), default=code.co_firstlineno)
    return max([last] + [_last_line(part) for part in code.co_consts if isinstance(part, types.CodeType)])


def getsourcelines(object):
    """The lines of a function, and the number of the first; classes and modules do not tell theirs."""
    while hasattr(object, "__wrapped__"):
        object = object.__wrapped__
    code = _code_of(object)
    if code is None or not code._source_line(code.co_firstlineno):
        raise OSError("could not get source code")
    first = code.co_firstlineno
    return [code._source_line(line) + "\n" for line in range(first, _last_line(code) + 1)], first


def getsource(object):
    return "".join(getsourcelines(object)[0])


def getframeinfo(frame, context=1):
    line = frame.tb_lineno if isinstance(frame, types.TracebackType) else frame.f_lineno
    code = _code_of(frame)
    if code is None:
        raise TypeError(f"{frame!r} is not a frame or traceback object")
    lines = index = None
    if context > 0 and code._source_line(line):
        first = max(line - 1 - context // 2, 0)
        lines = [code._source_line(first + 1 + step) + "\n" for step in range(context)]
        index = line - 1 - first
    return Traceback(code.co_filename, line, code.co_name, lines, index)


def getouterframes(frame, context=1):
    found = []
    while frame is not None:
        found.append(FrameInfo(frame, *getframeinfo(frame, context)))
        frame = frame.f_back
    return found


def getinnerframes(tb, context=1):
    found = []
    while tb is not None:
        found.append(FrameInfo(tb.tb_frame, *getframeinfo(tb, context)))
        tb = tb.tb_next
    return found


def stack(context=1):
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    return getinnerframes(sys.exc_info()[2], context)


def getargs(co):
    """What a code object takes: its arguments' names, and those of what takes the rest."""
    count = co.co_argcount + co.co_kwonlyargcount
    names = list(co.co_varnames)
    args = names[:count]
    varargs = names.pop(count) if co.co_flags & 4 else None
    varkw = names[count] if co.co_flags & 8 else None
    return Arguments(args, varargs, varkw)


def getargvalues(frame):
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)
