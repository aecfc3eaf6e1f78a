# Descriptors of scripts: __get__, __set__, __delete__, __set_name__.
class Field:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name
    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        print("get", self.name)
        return instance.__dict__.get(self.name, "unset")
    def __set__(self, instance, value):
        print("set", self.name, value)
        instance.__dict__[self.name] = value
    def __delete__(self, instance):
        print("delete", self.name)
        del instance.__dict__[self.name]
class Lazy:
    def __init__(self, f):
        self.f = f
    def __get__(self, instance, owner):
        print("compute for", owner.__name__)
        value = instance.__dict__[self.f.__name__] = self.f(instance)
        return value
class Thing:
    x = Field()
    y = Field()
    @Lazy
    def slow(self):
        return 42
t = Thing()
print(t.x)
t.x = 5
print(t.x, t.__dict__)
del t.x
print(t.x, Thing.x.name)
print(t.slow, t.slow, t.__dict__)
class Only:
    def __get__(self, instance, owner):
        return ("got", instance is not None, owner.__name__)
class SetOnly:
    def __set__(self, instance, value):
        instance.__dict__["s"] = ("stored", value)
class H:
    g = Only()
    s = SetOnly()
h = H()
print(h.g, H.g)
h.g = "own"
print(h.g, h.__dict__)
h.s = 1
print(h.s, type(H.s).__name__)
class Sub(H):
    pass
print(Sub().g, Sub.g)
class Meta(type):
    m = Only()
class WithMeta(metaclass=Meta):
    pass
print(WithMeta.m)
class Bad:
    def __set_name__(self, owner, name):
        raise ValueError("bad name")
try:
    class Broken:
        attr = Bad()
except RuntimeError as error:
    print(error, "|", repr(error.__cause__))
class Callable:
    def __call__(self, *args):
        return args
class Holder:
    c = Callable()
    n = len
    l = lambda self: "bound"
print(Holder().c(1), Holder().n([1, 2]), Holder().l())
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
class NoSet:
    def __delete__(self, instance):
        print("deleted")
class N:
    a = NoSet()
attempt(lambda: setattr(N(), "a", 1))
n = N()
del n.a
print(Thing.slow.f.__name__ if False else "end")
