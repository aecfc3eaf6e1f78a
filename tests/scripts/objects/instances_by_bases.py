# isinstance and issubclass with objects that are no classes but have __bases__
class AbstractClass:
    def __init__(self, bases): self.bases = bases
    def getbases(self): return self.bases
    __bases__ = property(getbases)
    def __call__(self): return AbstractInstance(self)
class AbstractInstance:
    def __init__(self, klass): self.klass = klass
    def getclass(self): return self.klass
    __class__ = property(getclass)
AbstractSuper = AbstractClass(bases=())
AbstractChild = AbstractClass(bases=(AbstractSuper,))
print(isinstance(AbstractSuper(), AbstractSuper), isinstance(AbstractChild(), AbstractSuper), isinstance(AbstractSuper(), AbstractChild))
print(issubclass(AbstractChild, AbstractSuper), issubclass(AbstractSuper, AbstractChild), issubclass(AbstractSuper, (AbstractChild, int, AbstractSuper)))
class I:
    def getbases(self): return ()
    __bases__ = property(getbases)
class C:
    def getclass(self): return I()
    __class__ = property(getclass)
print(isinstance(C(), I()))
class E:
    def getbases(self): raise RuntimeError('bases')
    __bases__ = property(getbases)
class N:
    @property
    def __bases__(self): raise AttributeError
class T:
    __bases__ = 5
def attempt(go):
    try: print(go())
    except Exception as e: print(type(e).__name__, e)
attempt(lambda: isinstance(I(), E()))
attempt(lambda: issubclass(E(), int))
attempt(lambda: issubclass(int, E()))
attempt(lambda: issubclass(I(), E()))
attempt(lambda: isinstance(I(), N()))
attempt(lambda: issubclass(N(), I()))
attempt(lambda: issubclass(int, N()))
attempt(lambda: isinstance(1, T()))
attempt(lambda: issubclass(T(), int))
attempt(lambda: issubclass(AbstractChild, int))
attempt(lambda: issubclass(int, AbstractChild))
attempt(lambda: isinstance(1, AbstractChild))
attempt(lambda: isinstance(1, (int, 5)))
attempt(lambda: isinstance('', (int, 5)))
attempt(lambda: issubclass(int, (str, 5)))
class Deep:
    @property
    def __bases__(self): return (Deep(), Deep())
class Chain:
    def __class_getitem__(cls, x): pass
try: issubclass(Deep(), int)
except RecursionError: print('too deep')
class Lie:
    @property
    def __class__(self): return int
print(isinstance(Lie(), int), isinstance(Lie(), Lie), type(Lie()) is Lie)
