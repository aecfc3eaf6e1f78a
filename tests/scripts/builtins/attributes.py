# getattr, setattr, hasattr, delattr, vars, dir.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

class A:
    shared = 1
    def __init__(self):
        self.own = 2
    def method(self):
        return self.own
a = A()
print(getattr(a, "own"), getattr(a, "shared"), getattr(a, "none", "default"), getattr(a, "method")(), hasattr(a, "own"), hasattr(a, "none"))
setattr(a, "new name", 5)
setattr(A, "later", 6)
print(getattr(a, "new name"), a.later, vars(a), a.__dict__)
delattr(a, "own")
print(hasattr(a, "own"), vars(a))
attempt(lambda: getattr(a, "none"))
attempt(lambda: getattr(a, 5))
attempt(lambda: getattr(a))
attempt(lambda: setattr(a, 5, 1))
attempt(lambda: setattr(1, "a", 1))
attempt(lambda: delattr(a, "none"))
attempt(lambda: delattr(A, "none"))
attempt(lambda: hasattr(a, 5))
attempt(lambda: vars(5))
attempt(lambda: a.own)
attempt(lambda: A.none)
attempt(lambda: (5).none)
attempt(lambda: [].none)
attempt(lambda: len.none)
attempt(lambda: None.none)
class P:
    @property
    def bad(self):
        raise ValueError("inside")
    @property
    def absent(self):
        raise AttributeError("absent inside")
print(hasattr(P(), "absent"), getattr(P(), "absent", "default"))
attempt(lambda: hasattr(P(), "bad"))
print([n for n in dir(a) if not n.startswith("__")], [n for n in dir(A) if not n.startswith("__")], "append" in dir([]), "__len__" in dir(list))
class D:
    def __dir__(self):
        return ["z", "b", "a"]
print(dir(D()))
def f():
    x = 1
    y = 2
    return dir(), locals(), vars()
print(f())
vars(a)["through"] = 7
print(a.through)
