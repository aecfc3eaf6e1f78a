# Attributes of classes and instances: __dict__, __class__, __doc__, __name__ and assignment to them.
class A:
    """doc of A"""
    x = 1
    def f(self): pass
class B(A):
    pass
print(A.__doc__, B.__doc__, A.__name__, A.__qualname__, A.__module__, A.__base__, A.__bases__, type(A.__dict__).__name__)
print(sorted(k for k in A.__dict__), sorted(B.__dict__))
A.__name__ = "Renamed"
A.__doc__ = "new doc"
A.__qualname__ = "Q.A"
print(A.__name__, A.__doc__, A, repr(A()).split(" ")[0])
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
attempt(lambda: setattr(A, "__name__", 5))
attempt(lambda: setattr(int, "__name__", "x"))
attempt(lambda: A.__dict__.update(x=1))
attempt(lambda: setattr(A, "__dict__", {}))
def item():
    A.__dict__["x"] = 1
attempt(item)
b = B()
b.y = 1
b.__class__ = A
print(type(b) is A, b.y, isinstance(b, B))
attempt(lambda: setattr(b, "__class__", int))
attempt(lambda: setattr(b, "__class__", 5))
attempt(lambda: setattr(5, "__class__", A))
b.__dict__ = {"z": 9}
print(b.z, hasattr(b, "y"), vars(b))
b.__dict__["w"] = 1
print(b.w)
attempt(lambda: setattr(b, "__dict__", 5))
b.__doc__ = "instance doc"
print(b.__doc__, A().__doc__)
print(A.x, A.__dict__["x"], A.__dict__.get("nothing"), "f" in A.__dict__, len(A.__dict__) > 3)
class Empty: pass
print(Empty.__doc__, Empty().__dict__, Empty.__subclasses__(), Empty.__mro__, Empty.__init__ is object.__init__, Empty.__eq__ is object.__eq__)
print(object.__bases__, object.__base__, type.__bases__, type.__mro__, object.__class__)
e = Empty()
e.__dict__.update(a=1, b=2)
print(e.a, e.b, sorted(vars(e).items()))
del e.__dict__["a"]
print(hasattr(e, "a"))
setattr(Empty, "dyn", lambda self: "dynamic")
print(e.dyn())
class Many: pass
m = Many()
for i in range(50):
    setattr(m, f"a{i}", i)
print(sum(getattr(m, f"a{i}") for i in range(50)), len(vars(m)), list(vars(m))[:3])
for i in range(0, 50, 2):
    delattr(m, f"a{i}")
print(len(vars(m)), hasattr(m, "a0"), m.a1, list(vars(m))[:3])
m.a0 = "back"
print(m.a0, list(vars(m))[-1])
