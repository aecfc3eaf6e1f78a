# repr of functions, classes, methods, modules, generators and the like, without addresses.

import math

def shown(value):
    text = repr(value)
    while " at 0x" in text:
        start = text.index(" at 0x")
        end = start + 6
        while end < len(text) and text[end] in "0123456789abcdef":
            end += 1
        text = text[:start] + text[end:]
    print(text)

def function():
    def inner():
        return inner
    return inner

class Outer:
    class Inner:
        pass
    def method(self):
        pass
    @staticmethod
    def static():
        pass
    @classmethod
    def of_class(cls):
        pass
    @property
    def prop(self):
        return 1

def generator():
    yield 1

async def coroutine():
    pass

shown(function)
shown(function())
shown(lambda: 1)
shown(Outer)
shown(Outer.Inner)
shown(Outer())
shown(Outer.Inner())
shown(Outer.method)
shown(Outer().method)
shown(Outer.of_class)
shown(Outer().of_class)
shown(Outer.static)
shown(Outer.__dict__["static"])
shown(Outer.__dict__["of_class"])
shown(Outer.__dict__["prop"])
shown(generator)
shown(generator())
waiting = coroutine()
shown(waiting)
waiting.close()
shown(len)
shown([].append)
shown(list.append)
shown(str.upper)
shown("x".upper)
shown(math.sqrt)
shown(int)
shown(type)
shown(object())
shown(type(None))
shown(ValueError)
shown(function().__closure__[0])
shown(iter([]))
shown(iter(()))
shown(iter({}))
shown(iter(range(3)))
shown(enumerate([]))
shown(zip())
shown(map(len, []))
shown(filter(None, []))
shown(reversed([]))
shown(int.__add__)
shown((5).__add__)
shown(object.__repr__)
shown(dict.fromkeys)
shown(type(function))
shown(type(len))
shown(type(generator()))
shown(super(Outer, Outer()))
