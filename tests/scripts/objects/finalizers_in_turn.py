# Objects that are released together are finalized one after the other, what one of them releases within it.
class Counted:
    counter = 0
    def __init__(self, name, inner=None): Counted.counter += 1; self.name, self.inner = name, inner
    def __del__(self):
        print('begin', self.name)
        Counted.counter -= 1
        self.inner = None
        print('end', self.name)
class C: __slots__ = ['a', 'b', 'c']
def test():
    x = C(); x.a = Counted('a'); x.b = Counted('b', Counted('inside b')); x.c = Counted('c')
    print(Counted.counter)
    del x
    print(Counted.counter)
    many = [Counted(i) for i in range(4)]
    many.clear()
    print(Counted.counter)
test()
class I(int):
    def __pow__(self, other, mod=None): return I(pow(int(self), int(other), None if mod is None else int(mod)))
    def __repr__(self): return f'I({int(self)})'
print(I(2) ** I(3), pow(I(2), I(3), I(5)), pow(2, I(3), 5))
class Set:
    def __set__(self, obj, value): pass
class Meta(type): pass
class X(metaclass=Meta): pass
X.a = 42; Meta.a = Set()
print(X.a)
class Store(dict):
    __setattr__ = dict.__setitem__
    __getattr__ = dict.__getitem__
    __delattr__ = dict.__delitem__
s = Store(); s.y = 42; print(s, s.y, s.__dict__); del s.y; print(s)
import sys
class M(type(sys)): pass
m = M('m'); m.b = 2; m.a = 1
print([n for n in dir(m) if not n.startswith('__')], m.__dict__['a'])
