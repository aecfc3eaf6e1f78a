# Attributes of functions, classes and modules that can't be deleted or set to anything, and those of old abstract decorators.
import abc, types
def attempt(go):
    try: print(repr(go()))
    except Exception as e: print(type(e).__name__, e)
def f(a, *, b=1): "doc"
for name in '__dict__', '__name__', '__qualname__', '__code__', '__doc__', '__annotations__', '__kwdefaults__', '__defaults__', '__module__':
    attempt(lambda: delattr(f, name))
for name, value in dict(__dict__=5, __name__=5, __qualname__=None, __defaults__=[], __kwdefaults__=[], __annotations__=5).items():
    attempt(lambda: setattr(f, name, value))
print(f.__doc__, f.__annotations__, f.__kwdefaults__)
class C:
    x: int
attempt(lambda: C.__annotations__)
attempt(lambda: delattr(C, '__annotations__'))
attempt(lambda: C.__annotations__)
attempt(lambda: delattr(C, '__annotations__'))
attempt(lambda: delattr(C, '__annotations__'))
attempt(lambda: delattr(int, '__annotations__'))
m = types.ModuleType('m')
print('__annotations__' in m.__dict__, m.__annotations__, '__annotations__' in m.__dict__)
m.__annotations__['a'] = 1; print(m.__annotations__); del m.__annotations__; print(m.__annotations__)
for make in abc.abstractmethod, abc.abstractclassmethod, abc.abstractstaticmethod, abc.abstractproperty:
    class A(metaclass=abc.ABCMeta):
        @make
        def foo(self): pass
    print(make.__name__, A.__abstractmethods__, A.__dict__['foo'].__isabstractmethod__)
    attempt(lambda: A())
    class B(A):
        def foo(self): return 'concrete'
    print(B().foo())
class Counting(classmethod):
    made = 0
    def __init__(self, function): super().__init__(function); Counting.made += 1; self.tag = 'tagged'
class D:
    @Counting
    def name(cls): return cls.__name__
print(D.name(), D().name(), Counting.made, D.__dict__['name'].tag, type(D.__dict__['name']).__name__, D.__dict__['name'].__func__.__name__)
