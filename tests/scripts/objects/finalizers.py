# __del__: when it runs, and what it may do.
class D:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("del", self.name)
d = D("one")
d = D("two")
print("replaced")
del d
print("deleted")
def f():
    x = D("local")
    print("in f")
f()
print("after f")
items = [D("a"), D("b")]
items.pop()
print("popped")
items.clear()
print("cleared")
D("temporary")
table = {"k": D("in dict")}
table["k"] = None
print("dict done")
kept = []
class Resurrect:
    def __del__(self):
        kept.append(self)
r = Resurrect()
del r
print(len(kept), type(kept[0]).__name__)
class Raises:
    pass
def gen():
    try:
        yield 1
    finally:
        print("generator closed")
g = gen()
next(g)
del g
print("end of generator")
def args(x):
    return None
args(D("argument"))
print("call done")
a = b = D("two names")
del a
print("still there")
del b
t = (D("in tuple"),)
del t
try:
    local = D("exc")
    raise ValueError
except ValueError:
    del local
    print("handled")
class Holder:
    def __init__(self):
        self.x = D("held")
h = Holder()
h.x = None
print("attribute replaced")
h.x = D("again")
del h
print("done")
