# Values of StopIteration through iterators of the runtime, and what throw() and close() pass on.
class Stops:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration(42)


for make in (lambda: enumerate(Stops()), lambda: map(abs, Stops()), lambda: zip(Stops()), lambda: filter(None, Stops())):
    try:
        next(make())
    except StopIteration as stop:
        print(stop.args)
print(next(map(abs, Stops()), "default"), list(zip(Stops())))


def stopper(x):
    if x < 2:
        return x
    raise StopIteration("end")


def delegates():
    print((yield from map(stopper, range(9))))


print(list(delegates()))


class Takes:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def throw(self, *args):
        print("throw", args)
        return "thrown"


def through():
    yield from Takes()


for given in ((123,), (ZeroDivisionError,), (ValueError, "text")):
    g = through()
    next(g)
    print(g.throw(*given))


def handles():
    try:
        yield 1
    except KeyError:
        yield 2


g = handles()
next(g)
print(g.throw(KeyError("first")))
try:
    g.throw(ValueError("second"))
except ValueError as error:
    print(repr(error), repr(error.__context__))
