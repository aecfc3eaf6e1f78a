# Calls with arguments that do not fit: every wording.
def f0(): pass
def f1(a): pass
def f2(a, b): pass
def d1(a, b=2): pass
def v1(a, *args): pass
def k1(a, *, k): pass
def k2(*, k, l): pass
def k3(*, k, l, m=1): pass
def p1(a, b, /): pass
def p2(a, b, /, c=1): pass
def p3(a, /, **kw): return (a, kw)
def kw(**kwargs): pass
def all_(a, b=1, *c, d, e=2, **f): return a, b, c, d, e, f
class A:
    def m(self, x): pass
    @classmethod
    def c(cls, x): pass
    @staticmethod
    def s(x): pass
    def __init__(self, v=0): pass
    def __call__(self, z): pass
a = A()
lam = lambda q, r: 0
for text in ["f0(1)", "f0(1, 2)", "f0(x=1)", "f1()", "f1(1, 2)", "f1(b=1)", "f1(1, a=1)", "f1(1, b=2)", "f2()", "f2(1)", "f2(b=1)", "f2(1, 2, 3)", "f2(1, 2, b=3)", "f2(1, c=3)", "d1()", "d1(1, 2, 3)", "d1(b=1)", "v1()", "v1(1, 2, 3)", "v1(1, b=2)", "k1(1)", "k1(1, 2)", "k1()", "k1(1, k=2, z=3)", "k1(1, 2, k=3)", "k2()", "k2(k=1)", "k2(1)", "k3()", "k3(1, 2)", "p1(1)", "p1(a=1, b=2)", "p1(1, b=2)", "p1()", "p1(1, 2, 3)", "p1(1, 2, c=3)", "p2(1, 2, 3, 4)", "p2(1, b=2, c=3)", "p3(1, a=2)", "p3(a=2)", "kw(1)", "kw(**{1: 2})", "kw(**{'a': 1}, a=2)", "kw(a=1, **{'a': 1})", "kw(**{'a': 1}, **{'a': 1})", "kw(**5)", "kw(**[1])", "kw(*5)", "f1(*5)", "f2(1, *5)", "f2(*[1], *5)", "f2(*None)", "print(*5)", "len(*5)", "a.m(*5)", "lam(*5)", "A(*5)", "max(1, *5)",
             "all_()", "all_(1)", "all_(1, d=5, g=6)", "all_(1, 2, 3, d=4)", "all_(*range(3), **{'d': 1})", "all_(1, b=2, d=3, a=4)", "a.m()", "a.m(1, 2)", "a.m(y=1)", "A.m()", "A.m(1)", "A.m(1, 2, 3)", "a.c()", "a.c(1, 2)", "a.s()", "A.s(1, 2)", "A(1, 2)", "A(w=1)", "a()", "a(1, 2)", "lam()", "lam(1)", "lam(1, 2, 3)", "(lambda: 0)(1)", "len()", "len(1, 2)", "len(x=1)", "int(1, 2, 3)", "5()", "'a'()", "None()", "[]()", "a.zzz()", "A.zzz()", "f1.zzz()", "f0()()", "all_.__code__.co_argcount", "(lambda a, b=1, *, c: 0)(1, 2, 3)", "(lambda *a, b: 0)(1)", "(lambda a, a_=1: 0)(a_=2)", "dict(1, 2)", "dict(**{1: 2})", "sorted()", "sorted(1, 2)", "isinstance(1)", "''.join()", "''.join(1, 2)", "[].append()", "[].append(1, 2)", "{}.get()", "{}.get(1, 2, 3)", "object.__init__()", "object.__init__(1, 2)", "str.upper()", "str.upper(1)", "str.join('a')", "int.__add__(1)", "list.append([])", "list.append(1, 2)", "range()", "range(1, 2, 3, 4)", "super().x", "super(A).x", "super(A, 5)", "super(5)", "super(A, a).zzz", "iter()", "next()"]:
    try:
        print(text, "=", eval(text))
    except Exception as error:
        print(text, "!", type(error).__name__, error)
