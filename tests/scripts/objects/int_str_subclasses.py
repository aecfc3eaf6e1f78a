# Subclasses of int, float, str and bytes.
class I(int):
    def __new__(cls, v, extra=None):
        self = super().__new__(cls, v)
        self.extra = extra
        return self
    def __add__(self, o):
        return I(int(self) + o, "added")
    def __repr__(self):
        return f"I({int(self)})"
i = I(5, "e")
print(i, i.extra, i + 1, type(i + 1).__name__, i * 2, type(i * 2).__name__, i == 5, hash(i) == hash(5), i < 6, [1, 2, 3, 4, 5, 6][i], -i, str(i), f"{i:03d}", "%d" % i, isinstance(i, int), {5: "x"}[i])
class F(float):
    @property
    def half(self): return self / 2
f = F(3)
print(f, f.half, type(f.half).__name__, f + 1, f == 3.0, round(f), int(f), f"{f:.2f}", f.is_integer())
class S(str):
    def shout(self): return self.upper() + "!"
    def __len__(self): return 99
s = S("hey")
print(s, s.shout(), type(s + "x").__name__, len(s), s == "hey", {"hey": 1}[s], s[0], s in "they", "-".join([s, s]), f"{s:>5}", s.tag if hasattr(s, "tag") else "no tag", list(s), sorted([S("b"), "a"]))
s.tag = 1
print(s.tag, s.__dict__, str.__len__(s), type(s.strip()).__name__, s.replace("h", "H"))
class B(bytes): pass
b = B(b"ab")
print(b, b[0], b + b"c", type(b + b"c").__name__, b == b"ab", isinstance(b, bytes), len(b))
class Enum(int):
    names = {}
    def __str__(self): return "Enum." + self.names.get(int(self), "?")
Enum.names[1] = "ONE"
print(Enum(1), str(Enum(2)), f"{Enum(1)}", "%s" % Enum(1), repr(Enum(1)), Enum(1) + Enum(2), [Enum(1)])
class T(I):
    pass
print(T(3) + 4, type(T(3) + 4).__name__, T.__mro__, bool(T(0)), T(7) // 2, 10 - T(7), divmod(T(7), 2), T(2) ** 3, abs(T(-4)), int(T(9)), float(T(1)))
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
attempt(lambda: type("B", (bool,), {}))
attempt(lambda: I("x"))
attempt(lambda: I())
class Fmt(str):
    def __format__(self, spec): return f"<{spec}>"
    def __mod__(self, o): return ("mod", o)
print(f"{Fmt('a'):q}", Fmt("%s") % 5, "{:z}".format(Fmt("b")))
