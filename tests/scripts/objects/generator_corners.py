# Generators: re-entry, return values, close and throw at odd moments, delegation to plain iterators.
def show(make):
    try:
        print(repr(make()))
    except BaseException as error:
        print(type(error).__name__, error, "|", repr(error.__cause__), "|", repr(error.__context__))


def simple():
    got = yield 1
    print("got", got)
    return "result"


g = simple()
show(lambda: g.send(5))
show(lambda: next(g))
show(lambda: g.send("x"))
show(lambda: next(g))
show(lambda: g.close())
show(lambda: g.throw(ValueError("late")))


def busy():
    yield next(me)


me = busy()
show(lambda: next(me))
show(lambda: next(me))


def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("refuse")


s = stubborn()
next(s)
show(lambda: s.close())


def returns_on_close():
    try:
        yield 1
    except GeneratorExit:
        return 5


r = returns_on_close()
next(r)
show(lambda: r.close())


def raises_stop():
    yield 1
    raise StopIteration("inside")


r = raises_stop()
next(r)
show(lambda: next(r))
show(lambda: next(r))


class Plain:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration("value of plain")
        return self.n


def delegating():
    result = yield from Plain()
    print("result", result)
    try:
        yield from [10, 20]
    except KeyError as error:
        print("caught", error)
        yield "after"


d = delegating()
show(lambda: [next(d), next(d), next(d)])
show(lambda: d.send("not sendable"))
d = delegating()
show(lambda: [next(d), next(d), next(d), d.throw(KeyError("k"))])
show(lambda: d.gi_running, )
show(lambda: list(d))


def inner():
    try:
        yield "a"
        yield "b"
    finally:
        print("inner finally")
    return "inner result"


def outer():
    try:
        print("outer got", (yield from inner()))
    finally:
        print("outer finally")


o = outer()
show(lambda: next(o))
show(lambda: o.gi_yieldfrom.__name__)
show(lambda: o.close())
o = outer()
next(o)
show(lambda: o.throw(RuntimeError("boom")))
show(lambda: [x for x in outer()])
show(lambda: (yield_ for yield_ in "ab").__next__())
show(lambda: type(simple()).__name__ + simple.__name__ + simple().__qualname__)
show(lambda: iter(g) is g)
show(lambda: len(simple()))
show(lambda: simple()[0])
show(lambda: sum(x for x in range(5)))
show(lambda: list(x for x in 5))
show(lambda: (x for x in [1]).send(1))
show(lambda: simple().throw())
show(lambda: simple().throw(5))
show(lambda: simple().throw(ValueError, "with text"))
show(lambda: simple().throw(ValueError, ValueError("instance")))
show(lambda: simple().throw(ValueError("a"), "b"))
show(lambda: dict(zip("ab", simple())))
show(lambda: max(simple(), simple(), key=id) is not None)


def lazily():
    print("started")
    yield


made = lazily()
print("made")
next(made)
del made
print("end")
