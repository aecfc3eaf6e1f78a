# Bound methods, functions of the runtime, and binding by hand.
class A:
    def m(self, x=1):
        "doc"
        return self, x
    attr = 5
a = A()
m = a.m
print(m()[0] is a, m(5)[1], m.__func__ is A.m, m.__self__ is a, m.__name__, m.__doc__, m.__qualname__, m.__module__)
print(m == a.m, m is a.m, m == A().m, hash(m) == hash(a.m), {a.m: 1}[m])
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
attempt(lambda: setattr(m, "x", 1))
attempt(lambda: m.nothing)
A.m.tag = "tagged"
print(m.tag, A.m.__get__(a)(7)[1], A.m.__get__(a, A).__self__ is a, A.m.__get__(None, A) is A.m)
f = lambda self: ("lambda", self.attr)
print(f.__get__(a)(), type(f.__get__(a)).__name__)
a.own = lambda: "no self"
print(a.own())
import types
bound = types.MethodType(lambda self, y: (self, y), "receiver")
print(bound(3), types.MethodType(len, [1, 2])())
print("abc".upper(), str.upper("abc"), "abc".upper.__self__, "x".join.__name__, len.__name__, len.__module__, [].append.__qualname__, str.upper.__qualname__)
print(str.upper.__get__("q")(), list.append.__get__([1]).__self__)
attempt(lambda: str.upper(5))
attempt(lambda: str.upper())
attempt(lambda: list.append([1]))
attempt(lambda: len.x)
attempt(lambda: setattr(len, "x", 1))
attempt(lambda: (1).__add__())
print((1).__add__(2), (1).__add__("a"), (5).__class__, int.__add__(1, 2), "a".__len__(), [1].__len__(), (1).__eq__(1.0), (1).__eq__("a"))
print([1, 2].__contains__(1), {"a": 1}.__getitem__("a"), (1, 2).__getitem__(0), "abc".__getitem__(slice(1)), [3].__iter__().__next__())
callbacks = [str.strip, int, lambda s: s * 2, "x".__add__]
print([c(" 7 ".strip() if c is int else "7 ") for c in callbacks])
print(sorted(["b", "A"], key=str.lower), list(map(str.upper, "ab")), max("a", "b", key=ord))
partial = a.m
del a
print(partial(2)[1])
