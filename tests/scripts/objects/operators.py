# Operator methods, their reflections and NotImplemented.
class V:
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return f"V({self.n})"
    def __add__(self, o):
        if isinstance(o, V):
            return V(self.n + o.n)
        if isinstance(o, int):
            return V(self.n + o)
        return NotImplemented
    __radd__ = __add__
    def __sub__(self, o):
        return V(self.n - getattr(o, "n", o))
    def __rsub__(self, o):
        return V(o - self.n)
    def __mul__(self, o): return ("mul", o)
    def __rmul__(self, o): return ("rmul", o)
    def __truediv__(self, o): return ("div", o)
    def __rtruediv__(self, o): return ("rdiv", o)
    def __floordiv__(self, o): return ("floordiv", o)
    def __mod__(self, o): return ("mod", o)
    def __rmod__(self, o): return ("rmod", o)
    def __pow__(self, o): return ("pow", o)
    def __matmul__(self, o): return ("matmul", o)
    def __and__(self, o): return ("and", o)
    def __ror__(self, o): return ("ror", o)
    def __xor__(self, o): return ("xor", o)
    def __lshift__(self, o): return ("lshift", o)
    def __rrshift__(self, o): return ("rrshift", o)
    def __neg__(self): return V(-self.n)
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __iadd__(self, o):
        self.n += 100
        return self
a, b = V(1), V(2)
print(a + b, a + 5, 5 + a, a - b, 10 - a, a * 3, 3 * a, a / 2, 2 / a, a // 2, a % 2, "%s" % a, [1] * 1, a ** 2, a @ b, a & 1, 1 | a, a ^ 1, a << 1, 8 >> a, -a, +a, ~a)
c = a
c += 1
print(c, c is a)
c -= 1
print(c, c is a)
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
attempt(lambda: a + "x")
attempt(lambda: "x" + a)
attempt(lambda: a | 1)
attempt(lambda: 1 // a)
attempt(lambda: sum([a, b, 3]))
def inplace():
    x = 1
    x -= "a"
attempt(inplace)
class Base:
    def __add__(self, o): return "Base.add"
    def __radd__(self, o): return "Base.radd"
class Derived(Base):
    def __radd__(self, o): return "Derived.radd"
class Same(Base):
    pass
print(Base() + Derived(), Derived() + Base(), Base() + Same(), Same() + Base(), 1 + Base(), Base() + 1)
class Only:
    def __radd__(self, o): return ("only radd", type(o).__name__)
print(1 + Only(), "a" + Only() if False else "", Only() .__radd__(2), [] .__class__.__name__, 1.5 + Only())
attempt(lambda: Only() + Only())
