# async def and await, driven by send; async for, async with, async generators and comprehensions.
class Wait:
    def __init__(self, name):
        self.name = name
    def __await__(self):
        got = yield self.name
        return ("woken", got)
def run(coroutine, log=True):
    value = None
    while True:
        try:
            asked = coroutine.send(value)
        except StopIteration as stop:
            return stop.value
        if log:
            print("waits for", asked)
        value = asked.upper()
async def inner(x):
    got = await Wait("w" + str(x))
    return got, x
async def outer():
    a = await inner(1)
    b = await inner(2)
    return a, b
print(run(outer()))
class Numbers:
    def __init__(self, n):
        self.n = n
    def __aiter__(self):
        self.i = 0
        return self
    async def __anext__(self):
        if self.i >= self.n:
            raise StopAsyncIteration
        self.i += 1
        await Wait("tick")
        return self.i
class Manager:
    async def __aenter__(self):
        print("aenter", await Wait("enter"))
        return "managed"
    async def __aexit__(self, *details):
        print("aexit", details[0].__name__ if details[0] else None, await Wait("exit"))
        return True
async def uses():
    out = []
    async for n in Numbers(3):
        if n == 2:
            continue
        out.append(n)
    else:
        out.append("else")
    async with Manager() as m:
        out.append(m)
        raise ValueError("suppressed")
    return out, [n async for n in Numbers(2)], {n: await inner(n) async for n in Numbers(1)}, [x for x in [await inner(9)]]
print(run(uses(), log=False))
async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                print("agen got", got)
            await Wait("inside")
    finally:
        print("agen done")
async def consume():
    out = []
    async for x in agen(3):
        out.append(x)
    g = agen(5)
    out.append(await g.__anext__())
    out.append(await g.asend("sent"))
    await g.aclose()
    try:
        await g.__anext__()
    except StopAsyncIteration:
        out.append("ended")
    h = agen(2)
    await h.__anext__()
    try:
        await h.athrow(KeyError("thrown"))
    except KeyError as error:
        out.append(str(error))
    return out, [y async for y in agen(2) if y]
print(run(consume(), log=False))
def attempt(act):
    try:
        print(act())
    except (Exception, StopAsyncIteration) as error:
        print(type(error).__name__, error)
async def bad():
    await 5
attempt(lambda: run(bad()))
async def not_iterable():
    async for x in [1]:
        pass
attempt(lambda: run(not_iterable()))
async def not_manager():
    async with 5:
        pass
attempt(lambda: run(not_manager()))
c = inner(1)
print(type(c).__name__, c.__name__, c.cr_running, type(agen(1)).__name__)
c.send(None)
attempt(lambda: c.throw(ValueError("into")))
attempt(lambda: c.send(None))
d = inner(2)
d.close()
attempt(lambda: d.send(None))
async def stop():
    raise StopIteration("x")
attempt(lambda: run(stop()))
async def fails():
    try:
        await inner(1)
    except ValueError as error:
        return "caught " + str(error)
f = fails()
f.send(None)
try:
    f.throw(ValueError("thrown in"))
except StopIteration as result:
    print(result.value)
