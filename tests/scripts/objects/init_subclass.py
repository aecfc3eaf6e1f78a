# __init_subclass__, __class_getitem__, __set_name__ order.
class Plugin:
    registry = {}
    def __init_subclass__(cls, /, key=None, **kw):
        super().__init_subclass__(**kw)
        cls.registry[key or cls.__name__] = cls
        print("registered", cls.__name__, key)
class A(Plugin): pass
class B(Plugin, key="bee"): pass
class C(A, key="sea"): pass
print(sorted(Plugin.registry), C.registry is Plugin.registry)
try:
    class D(Plugin, other=1): pass
except TypeError as error:
    print(error)
try:
    class E(object, x=1): pass
except TypeError as error:
    print(error)
class G:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"
class H(G): pass
print(G[int], H[1, 2], G["x"])
class Named:
    def __set_name__(self, owner, name):
        print("name", name, hasattr(owner, "after"))
class Base:
    def __init_subclass__(cls):
        print("init_subclass of", cls.__name__, sorted(k for k in vars(cls) if not k.startswith("__")))
class Both(Base):
    n = Named()
    after = 1
class Explicit:
    @classmethod
    def __init_subclass__(cls, **kw):
        print("explicit", cls.__name__, kw)
class F(Explicit, z=5): pass
