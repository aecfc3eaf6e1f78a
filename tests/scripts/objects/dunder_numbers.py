# Conversion methods and in-place operators of scripts.
class N:
    def __init__(self, v): self.v = v
    def __int__(self): return int(self.v)
    def __float__(self): return float(self.v)
    def __bool__(self): return bool(self.v)
    def __index__(self): return int(self.v)
    def __complex__(self): return 1
    def __neg__(self): return N(-self.v)
    def __abs__(self): return N(abs(self.v))
    def __repr__(self): return f"N({self.v})"
    def __iadd__(self, o): self.v += o; return self
    def __isub__(self, o): return N(self.v - o)
    def __imul__(self, o): return NotImplemented
    def __mul__(self, o): return N(self.v * o)
    def __itruediv__(self, o): return "itruediv"
    def __ifloordiv__(self, o): return "ifloordiv"
    def __imod__(self, o): return "imod"
    def __ipow__(self, o): return "ipow"
    def __ilshift__(self, o): return "ilshift"
    def __irshift__(self, o): return "irshift"
    def __iand__(self, o): return "iand"
    def __ior__(self, o): return "ior"
    def __ixor__(self, o): return "ixor"
    def __imatmul__(self, o): return "imatmul"
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
n = N(5)
print(int(n), float(n), bool(n), -n, abs(N(-3)), [1] * N(2), "abc"[N(1)], hex(n), round(2.567, N(1)), range(N(2)))
m = n
n += 1
print(n, m is n)
n -= 2
print(n, m is n, m)
n *= 3
print(n)
for op in ("/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "|=", "^=", "@="):
    pass
def each():
    out = []
    x = N(1); x /= 1; out.append(x)
    x = N(1); x //= 1; out.append(x)
    x = N(1); x %= 1; out.append(x)
    x = N(1); x **= 1; out.append(x)
    x = N(1); x <<= 1; out.append(x)
    x = N(1); x >>= 1; out.append(x)
    x = N(1); x &= 1; out.append(x)
    x = N(1); x |= 1; out.append(x)
    x = N(1); x ^= 1; out.append(x)
    x = N(1); x @= 1; out.append(x)
    return out
print(each())
class Bad:
    def __int__(self): return "x"
    def __float__(self): return 1
    def __index__(self): return 1.5
    def __bool__(self): return 1
    def __len__(self): return "long"
attempt(lambda: int(Bad()))
attempt(lambda: float(Bad()))
attempt(lambda: [1][Bad()])
attempt(lambda: bool(Bad()))
attempt(lambda: len(Bad()))
attempt(lambda: not Bad())
class L:
    def __len__(self): return 0
print(bool(L()), not L(), "empty" if not L() else "full")
class Attr:
    x = [1]
a = Attr()
a.x += [2]
print(a.x, Attr.x, a.__dict__)
d = {"k": [1]}
d["k"] += [2]
t = ([1],)
try:
    t[0] += [2]
except TypeError as error:
    print(error, t)
print(d)
class Key:
    def __init__(self): self.log = []
    def __getitem__(self, k): self.log.append(("get", k)); return 1
    def __setitem__(self, k, v): self.log.append(("set", k, v))
k = Key()
k[0] += 5
k["a"] *= 3
print(k.log)
