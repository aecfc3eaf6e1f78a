# with: order, exceptions in enter and exit, suppression, several managers, return inside.
class M:
    def __init__(self, name, swallow=False, enter=None, leave=None):
        self.name, self.swallow, self.enter, self.leave = name, swallow, enter, leave
    def __enter__(self):
        print("enter", self.name)
        if self.enter: raise self.enter
        return self.name
    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind and kind.__name__, value)
        if self.leave: raise self.leave
        return self.swallow


def attempt(function):
    try:
        print("->", function())
    except BaseException as error:
        print("->", type(error).__name__, error, "context", repr(error.__context__))


def one():
    with M("a") as x, M("b", swallow=True) as y:
        print(x, y)
        raise ValueError(1)
    return "after"


def two():
    with M("a", enter=KeyError("e")):
        print("never")


def three():
    with M("a", swallow=True), M("b", enter=KeyError("e")):
        print("never")
    return "swallowed"


def four():
    with M("a", leave=RuntimeError("l")):
        raise ValueError(2)


def five():
    with M("a", leave=RuntimeError("l")):
        return 5


def six():
    for i in range(3):
        with M(i):
            if i == 0: continue
            if i == 1: break
    return i


def seven():
    with M("a"):
        return [x for x in "ab"]


def eight():
    with (M("p") as a, M("q") as b,):
        return a + b


def nine():
    with M("t") as [first, *_]:
        pass


def ten():
    with M("ab") as (x, y):
        return y + x


class NoExit:
    def __enter__(self): pass
class NoEnter:
    def __exit__(self, *a): pass
class Instance:
    pass


def eleven():
    with NoExit(): pass


def twelve():
    with NoEnter(): pass


def thirteen():
    i = Instance()
    i.__enter__ = i.__exit__ = lambda *a: None
    with i: pass


def fourteen():
    with M("a", swallow=True):
        with M("b"):
            raise SystemExit(3)
    return "exit swallowed"


def fifteen():
    try:
        with M("a"):
            1 / 0
    except ZeroDivisionError:
        with M("handler", swallow=True):
            raise
    finally:
        with M("final"):
            print("in final")


def sixteen():
    d = {}
    with M("k") as d["x"], M("v") as d["y"]:
        return d


def seventeen():
    with open_like() as f:
        return f


for function in [one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen]:
    attempt(function)


class Truthy:
    def __init__(self, value): self.value = value
    def __enter__(self): return self
    def __exit__(self, *info): return self.value


for value in (0, 1, "", "x", None, [], [0]):
    try:
        with Truthy(value):
            raise ValueError
        print(repr(value), "swallows")
    except ValueError:
        print(repr(value), "lets through")
