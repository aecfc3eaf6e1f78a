# The order of bases.
class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass
class E(C, B): pass
print([c.__name__ for c in D.__mro__], [c.__name__ for c in E.mro()])
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
attempt(lambda: type("F", (D, E), {}))
attempt(lambda: type("F", (A, B), {}))
attempt(lambda: type("F", (B, B), {}))
class X:
    def f(self):
        return "X"
class Y(X):
    pass
class Z(X):
    def f(self):
        return "Z"
class W(Y, Z):
    pass
print(W().f(), W.__base__.__name__, D.__bases__ == (B, C), issubclass(D, A), D.__subclasses__(), [c.__name__ for c in A.__subclasses__()])
class M1:
    def __init__(self, **kw):
        print("M1", kw)
        super().__init__(**kw)
class M2:
    def __init__(self, *, b=None, **kw):
        print("M2", b, kw)
        super().__init__(**kw)
class Top(M1, M2):
    def __init__(self, a, **kw):
        print("Top", a, kw)
        super().__init__(**kw)
Top(1, b=2)
attempt(lambda: Top(1, c=3))
class Mixin:
    def describe(self):
        return "mixin of " + type(self).__name__
class MyDict(Mixin, dict):
    pass
print(MyDict(a=1).describe(), MyDict(a=1), MyDict.__mro__)
