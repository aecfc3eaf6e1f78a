# throw and close on generators that have not started, and on those that have ended.
def attempt(act):
    try:
        print(act())
    except BaseException as error:
        print(type(error).__name__, error)


def g():
    print("never printed before the first next")
    try:
        yield 1
    except ValueError:
        yield "caught"
    finally:
        print("finally")
a = g()
attempt(lambda: a.throw(ValueError("early")))
attempt(lambda: next(a))
attempt(lambda: a.throw(KeyError("late")))
b = g()
print(b.close())
attempt(lambda: b.send(None))
c = g()
print(next(c), c.throw(ValueError), next(c, "over"))
attempt(lambda: c.throw(ValueError("after the end")))
d = g()
next(d)
attempt(lambda: d.throw(GeneratorExit))
attempt(lambda: d.throw(StopIteration("x")))
def returns():
    try:
        yield 1
    except ValueError:
        return "value"
e = returns()
next(e)
try:
    e.throw(ValueError())
except StopIteration as stop:
    print(stop.value)
def swallows():
    while True:
        try:
            yield "again"
        except ValueError as error:
            print("swallowed", error)
f = swallows()
next(f)
print([f.throw(ValueError(i)) for i in range(3)])
def reraises():
    try:
        yield
    except ValueError as error:
        raise KeyError("other") from error
h = reraises()
next(h)
try:
    h.throw(ValueError("cause"))
except KeyError as error:
    print(repr(error), repr(error.__cause__), repr(error.__context__))
def context():
    try:
        raise OSError("outer")
    except OSError:
        yield
        raise
k = context()
next(k)
attempt(lambda: next(k))
class Custom(Exception):
    def __init__(self, a, b):
        super().__init__(a, b)
m = swallows()
next(m)
attempt(lambda: m.throw(Custom(1, 2)))
attempt(lambda: swallows().throw(Custom))
attempt(lambda: swallows().throw())
attempt(lambda: swallows().throw(ValueError("v"), "text"))
attempt(lambda: swallows().throw("text"))
