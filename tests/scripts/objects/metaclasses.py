# Metaclasses: __new__, __init__, __call__, __prepare__, keywords, conflicts.
class Meta(type):
    def __new__(meta, name, bases, namespace, **kw):
        print("new", name, [b.__name__ for b in bases], sorted(k for k in namespace if not k.startswith("__")), kw)
        namespace["added"] = name.lower()
        return super().__new__(meta, name, bases, namespace)
    def __init__(cls, name, bases, namespace, **kw):
        print("init", name, kw)
        super().__init__(name, bases, namespace)
    def __call__(cls, *args, **kw):
        print("call", cls.__name__, args, kw)
        return super().__call__(*args, **kw)
    @classmethod
    def __prepare__(meta, name, bases, **kw):
        print("prepare", name, kw)
        return {"prepared": True}
    def on_class(cls):
        return "class method of " + cls.__name__
    def __len__(cls):
        return 7
    def __repr__(cls):
        return f"<{cls.__name__}!>"
    def __iter__(cls):
        return iter("xyz")
    def __contains__(cls, item):
        return item == "in"
    def __getitem__(cls, key):
        return (cls.__name__, key)
class A(metaclass=Meta, option=1):
    x = 1
    def __init__(self, v):
        self.v = v
class B(A):
    pass
a = B(5)
print(a.v, A.added, B.added, A.prepared, A.on_class(), len(B), A, list(A), "in" in A, "out" in A, A[3], type(B).__name__)
try:
    a.on_class()
except AttributeError as error:
    print(error)
class Other(type):
    pass
class C(metaclass=Other):
    pass
try:
    class D(A, C):
        pass
except TypeError as error:
    print(error)
class Single(type):
    _instances = {}
    def __call__(cls, *args):
        if cls not in cls._instances:
            cls._instances[cls] = super().__call__(*args)
        return cls._instances[cls]
class One(metaclass=Single):
    def __init__(self):
        print("made once")
print(One() is One())
def maker(name, bases, namespace):
    return (name, bases, sorted(k for k in namespace if not k.startswith("__")))
class NotAClass(metaclass=maker):
    a = 1
print(NotAClass)
class Ordered(dict):
    def __setitem__(self, key, value):
        if not key.startswith("__"):
            print("define", key)
        super().__setitem__(key, value)
class Order(type):
    @classmethod
    def __prepare__(meta, name, bases):
        return Ordered()
class Late(metaclass=Order):
    one = 1
    def two(self): pass
    one = 3
print(Late.one, isinstance(Late, Order), type(Late.__dict__).__name__)
