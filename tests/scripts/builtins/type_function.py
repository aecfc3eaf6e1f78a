# type() with one and with three arguments.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print(type(1), type("a"), type(None), type(type), type(len), type(lambda: 0), type([].append), type(...), type(NotImplemented), type(range(1)), type({}.keys()))
def hello(self):
    return f"hello from {self.name}"
C = type("C", (), {"name": "c", "hello": hello})
print(C, C().hello(), C.__name__, C.__bases__, C.__module__, C.__qualname__)
D = type("D", (C, dict), {"__doc__": "the doc"})
print(D(a=1), D().hello(), D.__doc__, D.__mro__, D.__base__)
class K:
    def __init_subclass__(cls, **kw):
        print("init_subclass", cls.__name__, kw)
E = type("E", (K,), {}, flag=1)
attempt(lambda: type())
attempt(lambda: type(1, 2))
attempt(lambda: type(1, (), {}))
attempt(lambda: type("A", 1, {}))
attempt(lambda: type("A", (), 1))
attempt(lambda: type("A", (bool,), {}))
attempt(lambda: type("A", (int, str), {}))
attempt(lambda: type("A", (object, C), {}))
attempt(lambda: type("A", (C, C), {}))
namespace = {"x": 1}
F = type("F", (), namespace)
namespace["y"] = 2
print(F.x, hasattr(F, "y"), type(F) is type, type.__call__(F).__class__ is F)
print(C.mro(), type.mro(D)[0] is D, K.__subclasses__() == [E], issubclass(type, object))
