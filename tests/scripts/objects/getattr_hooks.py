# __getattr__, __getattribute__, __setattr__, __delattr__, and module-like fallbacks.
class Fallback:
    def __init__(self):
        self.real = 1
    def __getattr__(self, name):
        if name.startswith("no"):
            raise AttributeError("refused " + name)
        return "made " + name
f = Fallback()
print(f.real, f.other, hasattr(f, "nothing"), hasattr(f, "something"), getattr(f, "nope", "default"))
try:
    f.nothing
except AttributeError as error:
    print(error)
class Every:
    log = []
    def __getattribute__(self, name):
        Every.log.append(name)
        if name == "virtual":
            return "v"
        return object.__getattribute__(self, name)
    def method(self):
        return self.virtual
e = Every()
e.x = 1
print(e.x, e.method(), Every.log, len(e.__dict__))
class Both:
    def __getattribute__(self, name):
        raise AttributeError(name)
    def __getattr__(self, name):
        return "rescued " + name
print(Both().anything)
class Typed:
    def __setattr__(self, name, value):
        if not isinstance(value, int):
            raise TypeError(f"{name} must be int")
        object.__setattr__(self, name, value)
    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)
t = Typed()
t.a = 1
try:
    t.b = "x"
except TypeError as error:
    print(error)
del t.a
try:
    del t.a
except AttributeError as error:
    print(error)
class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "_target", target)
    def __getattr__(self, name):
        return getattr(self._target, name)
    def __setattr__(self, name, value):
        setattr(self._target, name, value)
class Target:
    x = 1
p = Proxy(Target())
p.x = 5
print(p.x, p._target.x, p.__dict__.keys())
try:
    len(Proxy([1]))
except TypeError as error:
    print(error)
class Meta(type):
    def __getattr__(cls, name):
        return f"{cls.__name__}.{name}"
class WithMeta(metaclass=Meta):
    known = 1
print(WithMeta.known, WithMeta.unknown)
try:
    WithMeta().unknown
except AttributeError as error:
    print(error)
f.__class__.real2 = property(lambda self: self.zzz)
print(f.real2)
