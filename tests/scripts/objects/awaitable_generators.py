# types.coroutine: a generator that can be awaited is a generator all the same.
import inspect
import types


@types.coroutine
def pause(frames):
    """Waits so many frames."""
    left = frames
    while left:
        left -= yield left
    return f"waited {frames}"


async def patrol():
    print(await pause(2))
    try:
        await pause(1)
    except KeyError as error:
        print("caught", error)
    return await pause(0)


running = patrol()
print(running.send(None), running.send(1), running.send(1))
try:
    running.throw(KeyError("alarm"))
except StopIteration as stop:
    print(stop.value)

plain = pause(1)
print(type(plain).__name__, inspect.isawaitable(plain), inspect.isgenerator(plain), inspect.iscoroutine(plain))
print(inspect.isgeneratorfunction(pause), inspect.iscoroutinefunction(pause), pause.__name__, pause.__doc__)
print(pause.__code__.co_flags & inspect.CO_ITERABLE_COROUTINE, next(plain), types.coroutine(pause) is pause)


def other():
    yield 1


async def waits_for(what):
    return await what


for value in other(), 3, "text":
    try:
        waits_for(value).send(None)
    except TypeError as error:
        print(error)


async def done():
    return "done"


@types.coroutine
def around(inner):
    value = yield from inner
    return value + "!"


def not_around(inner):
    value = yield from inner
    return value


for make in around, not_around:
    inner = done()
    try:
        next(make(inner))
    except (StopIteration, TypeError) as error:
        print(type(error).__name__, error)
    inner.close()

print(types.coroutine(done) is done)


@types.coroutine
def gives_an_iterator():
    return iter([1, 2])


try:
    waits_for(gives_an_iterator()).send(None)
except TypeError as error:
    print(error)
try:
    types.coroutine(5)
except TypeError as error:
    print(error)
