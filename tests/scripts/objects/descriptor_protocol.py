# Descriptors: who wins, what is missing, and what properties refuse.
def show(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, error)


class Get:
    def __get__(self, thing, owner): return ("get", thing is None, owner.__name__)
class Full(Get):
    def __set__(self, thing, value): print("set", value)
    def __delete__(self, thing): print("delete")
class SetOnly:
    def __set__(self, thing, value): thing.__dict__["s"] = value * 2
class DeleteOnly:
    def __delete__(self, thing): print("deleted")
class A:
    g, f, s, d = Get(), Full(), SetOnly(), DeleteOnly()
    plain = 5
    @property
    def ro(self): return 1
    @property
    def broken(self): return self.missing
    wo = property(None, lambda self, v: print("wo", v))
    nothing = property()


a = A()
show(lambda: (a.g, A.g, a.f, A.f))
a.__dict__.update(g="own", f="own", s="own")
show(lambda: (a.g, a.f, a.s))
a.s = 4
show(lambda: a.s)
a.f = 3
del a.f
a.g = "new"
show(lambda: a.g)
del a.g
show(lambda: a.g)
show(lambda: delattr(a, "g"))
show(lambda: delattr(a, "s"))
show(lambda: setattr(a, "d", 1))
show(lambda: delattr(a, "d"))
show(lambda: a.ro)
show(lambda: setattr(a, "ro", 2))
show(lambda: delattr(a, "ro"))
show(lambda: a.broken)
show(lambda: a.wo)
show(lambda: setattr(a, "wo", 2))
show(lambda: delattr(a, "wo"))
show(lambda: a.nothing)
show(lambda: setattr(a, "nothing", 2))
show(lambda: A.ro.fget(a))
show(lambda: A.ro.__get__(a))
show(lambda: A.ro.__get__(None, A) is A.ro)
show(lambda: A.ro.__set__(a, 1))
show(lambda: A.ro.getter(lambda s: 9).__get__(a))
show(lambda: A.__dict__["plain"])
show(lambda: setattr(A, "plain", 6) or a.plain)
show(lambda: delattr(A, "plain") or a.plain)
show(lambda: A.f.__class__)
A.f = 10
show(lambda: a.f)
show(lambda: type(a).__dict__["ro"].__doc__)
show(lambda: property(doc="text").__doc__)
show(lambda: property(lambda s: 1, doc="text").__doc__)
show(lambda: property(1).__get__(5))
show(lambda: classmethod(lambda c: c)())
show(lambda: staticmethod(lambda: 5)())
show(lambda: staticmethod(5).__get__(1))
show(lambda: classmethod(5).__get__(1))


class B:
    @classmethod
    @property
    def both(cls): return cls.__name__
    @staticmethod
    def static(): return "static"
    def method(self): return self
    lam = lambda self: "lam"
    builtin = len
    wrapped = staticmethod(len)


b = B()
show(lambda: (B.both, b.both, B.static(), b.static(), b.lam(), b.wrapped([1])))
show(lambda: b.builtin([1, 2]))
show(lambda: B.method(3))
show(lambda: B.method())
show(lambda: b.method.__self__ is b and b.method.__func__ is B.method)
show(lambda: b.method == b.method and b.method is not b.method)
show(lambda: setattr(b.method, "x", 1))
show(lambda: setattr(B.method, "x", 1) or b.method.x)
show(lambda: B.method.__get__(7)())
show(lambda: str.upper.__get__("a")())
