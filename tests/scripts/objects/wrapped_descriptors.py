# descriptors wrapped in classmethod, and what classmethod and staticmethod carry
class A:
    @classmethod
    @property
    def p(cls): "doc of p"; return cls.__name__
    def wrapped(f):
        def g(cls): return f(cls)
        return classmethod(g)
    class D:
        def __get__(self, o, c): return ('D', o is None and c.__name__, c is type or c)
    d = classmethod(D())
    cc = classmethod(classmethod(lambda c: c))
print(A.p, A().p, A.d, A.cc())
class B(A): pass
print(B.p, B().p)
def f(a, b: int = 1): "doc"; return a
f.extra = 3
for kind in classmethod, staticmethod:
    m = kind(f)
    print(m.__dict__, m.__name__, m.__doc__, m.__wrapped__ is f, m.__qualname__, m.__module__, m.__annotations__, m.__func__ is f, m.__isabstractmethod__, getattr(m, "extra", "no extra"))
    m.x = 5
    print(m.x, sorted(m.__dict__))
    try: m.__func__ = 1
    except AttributeError as e: print(e)
    try: kind()
    except TypeError as e: print(e)
    try: kind(f, x=1)
    except TypeError as e: print(e)
    try: print(m.nope)
    except AttributeError as e: print(e)
    print(repr(m).replace(hex(id(f)), 'X').split(' at ')[0])
class P:
    def __init__(self): self._x = 1
    @property
    def x(self): "spam"; return self._x
    @x.getter
    def x(self): "eggs"; return self._x
    y = property(doc='given')
    @property
    def n(self): return 1
    z = property(lambda self: 1, None, None, None)
print(P.x.__doc__, P.y.__doc__, P.n.__doc__, P.z.__doc__)
class Sub(property):
    """a subclass's own"""
class Q:
    @Sub
    def x(self): "spam"; return 1
    @x.setter
    def x(self, v): "not this"
    @Sub
    def n(self): return 1
    @n.getter
    def n(self): "new"; return 1
    k = Sub(lambda s: 1, doc='k doc')
print(Q.x.__doc__, Q.n.__doc__, Q.k.__doc__, Sub.__doc__)
class Sub2(property):
    __slots__ = ()
try:
    class R:
        @Sub2
        def x(self): "doc"
    print(R.x.__doc__)
except AttributeError as e: print(e)
for arguments in (), (1,), (1, 2, 3):
    try: property(None).__set_name__(*arguments)
    except TypeError as e: print(e)
for name in 'fget', 'fset', 'fdel':
    try: setattr(P.x, name, 1)
    except AttributeError as e: print(e)
p = P()
for go in (lambda: setattr(p, 'x', 1), lambda: delattr(p, 'x'), lambda: p.y):
    try: go()
    except AttributeError as e: print(e)
P.x.__doc__ = 'changed'
print(P.x.__doc__)
class F:
    @property
    def __doc__(self): return 'dynamic'
print(F().__doc__, type(F.__doc__).__name__)
class G:
    class OldDescr:
        def __get__(self, object, otype): return f'object={object and object.__class__.__name__}; type={otype.__name__}'
    __doc__ = OldDescr()
print(G.__doc__, G().__doc__)
class SetOnly:
    def __set__(self, o, v): o.__dict__['s'] = v * 2
class H: s = SetOnly()
h = H(); print(type(h.s).__name__); h.s = 21; print(h.s); del H.s; print(h.s)
