def attempt(go):
    try: print(go())
    except Exception as e: print(type(e).__name__, e)
# mro() of a metaclass
class M(type):
    def mro(cls):
        order = type.mro(cls)
        print('mro of', cls.__name__, [c.__name__ for c in order])
        return [c for c in order if c.__name__ != 'Hidden']
class Hidden: secret = 1
class Base(metaclass=M): pass
class X(Hidden, Base): pass
print(X.__mro__, hasattr(X(), 'secret'), M.mro(X) == type.mro(X))
class M2(type):
    def mro(cls): return tuple(type.mro(cls)) + (Extra,) if cls.__name__ == 'Y' else super().mro()
class Extra: extra = 'from the extra'
class Y(metaclass=M2): pass
print(Y.extra, Y().extra, [c.__name__ for c in Y.__mro__])
class Bad(type):
    def mro(cls): return 5
attempt(lambda: Bad('B', (), {}))
class Bad2(type):
    def mro(cls): return [cls, 5]
attempt(lambda: Bad2('B', (), {}))
class Bad3(type):
    def mro(cls): return [cls, int]
attempt(lambda: Bad3('B', (), {}))
class Bad4(type):
    def mro(cls): return []
attempt(lambda: Bad4('B', (), {}))
class Bad5(type):
    def mro(cls): raise KeyError('in mro')
attempt(lambda: Bad5('B', (), {}))
# __bases__
class A:
    def f(self): return 'A.f'
class B:
    def f(self): return 'B.f'
    def g(self): return 'B.g'
class C(A): pass
class D(C): pass
c, d = C(), D()
print(c.f(), d.f(), C.__bases__)
C.__bases__ = (B,)
print(c.f(), d.f(), d.g(), C.__bases__, D.__mro__, C in A.__subclasses__(), C in B.__subclasses__())
C.__bases__ = (A, B)
print(c.f(), d.g(), isinstance(d, B), [k.__name__ for k in D.__mro__])
def setbases(cls, value): cls.__bases__ = value
attempt(lambda: setbases(C, ()))
attempt(lambda: setbases(C, 5))
attempt(lambda: setbases(C, [A]))
attempt(lambda: setbases(C, (5,)))
attempt(lambda: setbases(C, (C,)))
attempt(lambda: setbases(C, (D,)))
attempt(lambda: setbases(C, (A, A)))
attempt(lambda: setbases(C, (int,)))
attempt(lambda: setbases(C, (object, A)))
attempt(lambda: setbases(int, (object,)))
attempt(lambda: setbases(object, ()))
attempt(lambda: delattr(C, '__bases__'))
class S: __slots__ = ('a',)
attempt(lambda: setbases(C, (S,)))
class L(list): pass
attempt(lambda: setbases(L, (dict,)))
print(C.__bases__, c.f(), D().g())
class P: pass
class Q(P): x = 1
class R(Q): pass
Q.__bases__ = (C,)
print(R().f(), R.x, issubclass(R, A))
A.f = lambda self: 'new A.f'
print(R().f(), c.f())
# __classcell__
class Meta(type):
    def __new__(mcls, name, bases, ns, drop=None):
        if drop == 'missing': ns.pop('__classcell__', None)
        elif drop is not None: ns['__classcell__'] = drop
        return super().__new__(mcls, name, bases, ns)
for bad in None, 'missing', 0, '', object():
    if bad is not None and not isinstance(bad, (int, str)): bad = 1.5
    try:
        class W(metaclass=Meta, drop=bad):
            def f(self): return __class__
        print(W().f() is W)
    except Exception as e: print(type(e).__name__, e)
class Meta2(type):
    def __new__(mcls, name, bases, ns):
        made = super().__new__(mcls, name, bases, ns)
        type.__new__(mcls, 'Other', bases, ns)
        return made
try:
    class V(metaclass=Meta2):
        def f(self): return __class__
except Exception as e: print(type(e).__name__, e)
# __set_name__ that fails, __qualname__ of the wrong type, names
class BadName:
    def __set_name__(self, owner, name): 1 / 0
try:
    class Z: a = BadName()
except Exception as e: print(type(e).__name__, e, getattr(e, '__notes__', None), repr(e.__cause__))
attempt(lambda: type('X', (), {'__qualname__': 5}))
attempt(lambda: type('X', (), {'__qualname__': 'X.y'}).__qualname__)
def setattr_(o, n, v): setattr(o, n, v)
attempt(lambda: setattr_(C, '__qualname__', 5))
attempt(lambda: setattr_(C, '__name__', 'a\0b'))
attempt(lambda: setattr_(C, '__name__', 5))
attempt(lambda: delattr(C, '__name__'))
attempt(lambda: setattr_(int, '__name__', 'x'))
attempt(lambda: type('a\0b', (), {}))
attempt(lambda: type(5, (), {}))
attempt(lambda: type('a', [], {}))
attempt(lambda: type('a', (), []))
attempt(lambda: type('a', (5,), {}))
attempt(lambda: type('a', (int, str), {}))
attempt(lambda: type('a', (bool,), {}))
attempt(lambda: type('a', (type(None),), {}))
attempt(lambda: type('a', (object, int), {}))
attempt(lambda: type('a', (int, int), {}))
attempt(lambda: type('a', (), {'__slots__': ('a', 5)}))
attempt(lambda: type('a', (), {'__slots__': ('a b',)}))
attempt(lambda: type('a', (), {'__slots__': ('a',), 'a': 1}))
attempt(lambda: type('a', (), {'__slots__': ('__dict__', '__dict__')}))
attempt(lambda: type('a', (), {'__slots__': ('__weakref__', '__weakref__')}))
attempt(lambda: type('a', (int,), {'__slots__': ('x',)}))
attempt(lambda: type('a', (tuple,), {'__slots__': ('x',)}))
class Name(str): pass
C.__name__ = Name('Fancy'); print(C.__name__, repr(C)[:30])
class Slots:
    __slots__ = ('a',)
s = Slots()
attempt(lambda: Slots.a.__set__(5, 1))
attempt(lambda: Slots.a.__get__(5))
attempt(lambda: setattr_(s, 'y', 1))
attempt(lambda: s.a)
class T2:
    y = 1
    __slots__ = ('z',)
attempt(lambda: setattr_(T2(), 'y', 1))
attempt(lambda: delattr(T2(), 'y'))
attempt(lambda: delattr(T2(), 'z'))
attempt(lambda: delattr(T2(), 'q'))
