# Coroutines driven by hand: send, throw, close, awaitables, async with and for.
import types


@types.coroutine
def pause(value):
    return (yield value)


async def leaf(n):
    got = await pause(n)
    return got * 2


async def chain():
    total = 0
    for n in range(3):
        total += await leaf(n)
    return total


def drive(coroutine, answers=()):
    answers = list(answers)
    try:
        print("yields", coroutine.send(None))
        while True:
            print("yields", coroutine.send(answers.pop(0) if answers else 1))
    except StopIteration as stop:
        print("returns", stop.value)
    except Exception as error:
        print("raises", type(error).__name__, error)


drive(chain(), [1, 2, 3])


class Await:
    def __init__(self, how): self.how = how
    def __await__(self): return self.how


async def awaits(thing):
    return await thing


drive(awaits(Await(iter([1, 2]))))
drive(awaits(Await([1])))
drive(awaits(Await(5)))
drive(awaits(5))
drive(awaits([1]))
drive(awaits(leaf(3)))
drive(awaits((x for x in "a")))
c = leaf(1)
c.close()
drive(awaits(c))
c = leaf(1)
c.send(None)
try:
    c.throw(ValueError("thrown"))
except ValueError as error:
    print("out", error)
try:
    c.send(None)
except RuntimeError as error:
    print(error)


class Manager:
    async def __aenter__(self):
        print("enter", await pause("entering"))
        return "managed"

    async def __aexit__(self, kind, value, trace):
        print("exit", kind and kind.__name__, await pause("leaving"))
        return kind is KeyError


async def managing(error=None):
    async with Manager() as m:
        print(m)
        if error:
            raise error
    return "done"


drive(managing())
drive(managing(KeyError("swallowed")))
drive(managing(ValueError("passed on")))


class Count:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0: raise StopAsyncIteration
        self.n -= 1
        return await pause(self.n)


async def looping():
    async for x in Count(2):
        print("x", x)
    else:
        print("else")
    print([x async for x in Count(2) if x is not None])
    print({x: 1 async for x in Count(1)})
    return sum([x async for x in Count(2)])


drive(looping(), [10, 20, 30, 40, 50, 60, 70])


async def agen():
    try:
        got = yield 1
        print("got", got)
        await pause("inside")
        yield 2
    finally:
        print("agen finally")


async def using():
    it = agen()
    print(await it.__anext__())
    print(await it.asend("sent"))
    await it.aclose()
    try:
        await it.__anext__()
    except StopAsyncIteration:
        print("over")
    it = agen()
    await it.asend(None)
    try:
        await it.athrow(LookupError("in"))
    except LookupError as error:
        print("athrow", error)
    print(await anext(agen()), await anext(Count(0), "default"))
    return [x async for x in agen()]


drive(using())


async def bad_with():
    async with 5: pass


async def bad_for():
    async for x in 5: pass


async def bad_iter():
    class Bad:
        def __aiter__(self): return 5
    async for x in Bad(): pass


drive(bad_with())
drive(bad_for())
drive(bad_iter())
print(type(chain).__name__, chain.__name__, type(agen()).__name__)
c = chain()
print(type(c).__name__, c.cr_running, c.cr_await)
c.close()
try:
    for x in c: pass
except TypeError as error:
    print(error)
try:
    for x in agen(): pass
except TypeError as error:
    print(error)
