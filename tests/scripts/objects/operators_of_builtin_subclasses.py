# Operators where one side is a script's subclass of a builtin class: whose method is asked, and when.
def show(make):
    try:
        value = make()
        print(type(value).__name__, value)
    except Exception as error:
        print(type(error).__name__, error)


class I(int):
    def __radd__(self, other): return ("I.radd", other)
    def __eq__(self, other): return ("I.eq", other)
    __hash__ = int.__hash__
class F(float):
    def __rmod__(self, other): return ("F.rmod", other)
    def __le__(self, other): return ("F.le", other)
class S(str):
    def __add__(self, other): return NotImplemented
class L(list):
    def __radd__(self, other): return ("L.radd", other)
class P(list): pass
class T(str):
    def __index__(self): return 3
class E(str):
    def __eq__(self, other): return True
    __hash__ = str.__hash__


show(lambda: 1 + I(2))
show(lambda: I(1) + 2)
show(lambda: 1.5 + I(2))
show(lambda: 2 == I(2))
show(lambda: "x" == I(2))
show(lambda: None == I(2))
show(lambda: None != I(2))
show(lambda: 7 % F(2))
show(lambda: 7.0 % F(2))
show(lambda: 1 >= F(2))
show(lambda: S("a") + "b")
show(lambda: "a" + S("b"))
show(lambda: [0] + L([1]))
show(lambda: L([1]) + [0])
show(lambda: L([1]) + 5)
show(lambda: 5 + L([1]))
show(lambda: "ab" * T("x"))
show(lambda: [1] * T("x"))
show(lambda: T("ab") * T("x"))
show(lambda: T("ab") * S("x"))
show(lambda: P([1]) * 2)
show(lambda: P([1]) + P([2]))
show(lambda: P([1]) + (2,))
show(lambda: "%s" % P([1]))
show(lambda: T("plain") % [1])
show(lambda: T("%s") % 5)
show(lambda: "%d" % T("x"))
show(lambda: E("a") == "b")
show(lambda: E("a") != "b")
show(lambda: "b" != E("a"))
show(lambda: {1} | frozenset({2}))
show(lambda: I(3) @ 1)
show(lambda: 1 @ P())
show(lambda: -P())


def in_place(value, other):
    before = value
    value += other
    print(type(value).__name__, value, value is before)


in_place(L([1]), "ab")
in_place(P([1]), (2,))
in_place(I(1), 2)
in_place(S("a"), "b") if False else None
try:
    in_place(L([1]), 5)
except TypeError as error:
    print(error)
