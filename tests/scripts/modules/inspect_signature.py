"""Signatures."""
import inspect


def f(a, /, b, c=1, *args, d, e=2, **kw) -> int:
    """Doc.

        indented
    """


class C:
    def __init__(self, x: int, y=3):
        pass

    def m(self, z):
        pass


print(inspect.signature(f), inspect.signature(C), inspect.signature(C(1).m), inspect.signature(C.m), inspect.signature(lambda: 0))
print(list(inspect.signature(f).parameters), inspect.signature(f).parameters["c"].default, inspect.signature(f).parameters["d"].kind.name)
b = inspect.signature(f).bind(1, 2, d=5, z=9)
print(b.args, b.kwargs, b.arguments["kw"])
print(inspect.isfunction(f), inspect.isclass(C), inspect.ismethod(C(1).m), inspect.isbuiltin(len), inspect.isgeneratorfunction(f), inspect.getdoc(f))
try:
    inspect.signature(f).bind(1)
except TypeError as e:
    print(e)
