# Context managers: order, suppression, several at once, exceptions in enter and exit.
class Manager:
    def __init__(self, name, suppress=False, fail=None):
        self.name, self.suppress, self.fail = name, suppress, fail
    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter":
            raise RuntimeError("enter " + self.name)
        return self.name.upper()
    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind.__name__ if kind else None, value, trace is not None)
        return self.suppress
with Manager("a") as a:
    print("body", a)
with Manager("a") as a, Manager("b") as b:
    print(a, b)
with (
    Manager("x") as x,
    Manager("y"),
):
    print(x)
with Manager("s", suppress=True):
    raise ValueError("suppressed")
print("after")
try:
    with Manager("a"), Manager("b", suppress=False):
        raise ValueError("through")
except ValueError as error:
    print("caught", error)
with Manager("outer", suppress=True):
    with Manager("inner"):
        1 / 0
try:
    with Manager("a"), Manager("bad", fail="enter"), Manager("never"):
        print("not here")
except RuntimeError as error:
    print(error)
def early():
    with Manager("r"):
        return "returned"
print(early())
def loops():
    for i in range(3):
        with Manager(str(i)):
            if i == 0:
                continue
            break
loops()
class Target:
    pass
t = Target()
items = [0]
with Manager("attr") as t.x, Manager("item") as items[0]:
    pass
print(t.x, items)
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
def use(value):
    with value:
        pass
attempt(lambda: use(5))
class OnlyEnter:
    def __enter__(self):
        pass
attempt(lambda: use(OnlyEnter()))
class Instance:
    pass
i = Instance()
i.__enter__ = lambda: None
i.__exit__ = lambda *a: None
attempt(lambda: use(i))
class Truthy:
    def __enter__(self):
        return self
    def __exit__(self, *a):
        return [1]
def truthy():
    with Truthy():
        raise KeyError
    return "continued"
print(truthy())
def gen():
    with Manager("gen"):
        yield 1
        yield 2
g = gen()
next(g)
g.close()
with Manager("tuple") as (p, *q):
    print(p, q)
