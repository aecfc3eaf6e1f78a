# Frames, namespaces, and what names functions get from where they are written.
import builtins
import sys


class Thing:
    def __init__(self):
        inner = 3
        print(sorted(locals()), sorted(dir()), sys._getframe().f_locals["self"] is self, eval("inner"))


Thing()


def outer():
    value = 1

    def inner():
        frame = sys._getframe()
        back = frame.f_back
        return frame.f_code.co_name, back.f_code.co_name, back.f_locals["value"], back.f_back.f_code.co_name, type(frame)

    return inner()


print(outer())
print(eval("dir()", {}, {"b": 1, "a": 2}))


class Lengths(dict):
    def __getitem__(self, key):
        return len(key)


print(eval("a + word", Lengths()))
exec("print(type(__builtins__).__name__)", {})


def places():
    return [(lambda: 0).__qualname__ for _ in range(1)] + [{(lambda: 0).__qualname__ for _ in range(1)}]


print(places(), [(lambda: 0).__qualname__ for _ in range(1)], list((lambda: 0).__qualname__ for _ in range(1)))

for wrong in ("", 1):
    try:
        __import__(wrong)
    except (TypeError, ValueError) as error:
        print(error)

original = builtins.__import__


def watched(name, globals=None, locals=None, fromlist=(), level=0):
    print("import", name, fromlist, level)
    return original(name, globals, locals, fromlist, level)


builtins.__import__ = watched
import itertools
from itertools import chain
builtins.__import__ = original
print(next(itertools.count(2)), list(chain("a")))

build = builtins.__build_class__


def built(body, name, *bases, **keywords):
    print("class", name)
    return build(body, name, *bases, **keywords)


builtins.__build_class__ = built


class Made:
    pass


builtins.__build_class__ = build
exec("text = '''a\r\nb\rc'''\nprint(repr(text))")
try:
    exit(3)
except SystemExit as error:
    print(error.code)
