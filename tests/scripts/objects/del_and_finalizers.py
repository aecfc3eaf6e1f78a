# del in all its forms, and when __del__ runs.
class Noisy:
    def __init__(self, name): self.name = name
    def __del__(self): print("gone", self.name)


a = Noisy("a")
b = a
del a
print("still there")
del b
x = [Noisy("in list"), Noisy("second")]
del x[0]
print("after item")
x.clear()
d = {"k": Noisy("in dict")}
d["k"] = Noisy("replaced by")
del d
Noisy("temporary")
print("next")


def scope():
    local = Noisy("local")
    print("in scope")


scope()


def returns():
    return Noisy("returned")


returns()
kept = returns()
kept = 5


class Holder:
    def __init__(self): self.thing = Noisy("attribute")


h = Holder()
del h.thing
h.thing = Noisy("again")
h = None


def generator():
    held = Noisy("in generator")
    yield 1
    yield 2


g = generator()
next(g)
del g
print("generator dropped")


class Raises:
    def __del__(self): raise ValueError("in del")


class Revives:
    def __del__(self):
        global saved
        saved = self
        print("revived")


r = Revives()
del r
print(type(saved).__name__)
saved = None
for i in range(2):
    n = Noisy(f"loop {i}")
print("loop over")
n = None
try:
    e_local = Noisy("in try")
    raise KeyError
except KeyError:
    del e_local
print([Noisy("comp").name for _ in range(2)])
f = lambda v=Noisy("default"): v
f = None
del (f)
(p, q) = 1, 2
del p, (q)
try:
    p
except NameError as error:
    print(error)
w = Noisy("swap 1"); v = Noisy("swap 2")
w, v = v, w
del w
del v
print("end")
