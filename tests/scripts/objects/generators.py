# Generators: send, throw, close, return values, attributes.
def attempt(act):
    try:
        print(act())
    except BaseException as error:
        print(type(error).__name__, error)

def gen(n):
    print("start")
    try:
        for i in range(n):
            got = yield i
            if got is not None:
                print("got", got)
    except ValueError as error:
        print("caught", error)
        yield "after"
    finally:
        print("cleanup")
    return "result"
g = gen(3)
print(next(g), g.send("hello"), next(g))
try:
    next(g)
except StopIteration as stop:
    print("stopped", stop.value)
attempt(lambda: next(g))
g = gen(3)
attempt(lambda: g.send(1))
print(next(g), g.throw(ValueError("thrown")))
g.close()
g.close()
attempt(lambda: next(g))
g = gen(1)
attempt(lambda: g.throw(KeyError("early")))
attempt(lambda: next(g))
g = gen(2)
next(g)
attempt(lambda: g.throw(TypeError, "text"))
g = gen(2)
next(g)
attempt(lambda: g.throw(5))
def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("no")
            yield 2
            return
s = stubborn()
next(s)
attempt(lambda: s.close())
def again():
    yield list(me)
me = again()
attempt(lambda: next(me))
def stops():
    yield 1
    raise StopIteration("inner")
it = stops()
next(it)
try:
    next(it)
except RuntimeError as error:
    print(error, repr(error.__cause__))
g.close()
print(g.__name__, g.__qualname__, type(g).__name__, iter(g) is g, gen.__name__)
f = gen(1)
print(f.gi_running, f.gi_frame is not None, f.gi_code.co_name, f.gi_yieldfrom)
f.close()
print(f.gi_frame)
print(list(x * 2 for x in range(4) if x), sum(x for x in range(5)), tuple(y for x in (1, 2) for y in range(x)))
lazy = (print("made", n) or n for n in range(3))
print("lazy")
print(next(lazy))
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
f = fib()
print([next(f) for _ in range(10)])
def echo():
    received = []
    while True:
        x = yield len(received)
        if x is None:
            return received
        received.append(x)
e = echo()
next(e)
print(e.send("a"), e.send("b"))
try:
    e.send(None)
except StopIteration as stop:
    print(stop.value)
