# anext with and without a default, and what asynchronous generators refuse.
async def numbers(n):
    for i in range(n):
        yield i


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    except BaseException as error:
        return f"{type(error).__name__} {error}"
    return "suspended"


async def main():
    g = numbers(2)
    first = await anext(g)
    second = await anext(g, "default")
    third = await anext(g, "default")
    try:
        await anext(g)
    except StopAsyncIteration as error:
        return first, second, third, "over"


print(run(main()))
for make in [lambda: anext(5), lambda: anext(5, 1), lambda: anext(), lambda: aiter(5), lambda: aiter(numbers(1)).__class__.__name__, lambda: iter(numbers(1)), lambda: next(numbers(1)), lambda: list(numbers(1)), lambda: numbers(1).send(None), lambda: numbers(1).__anext__().__class__.__name__, lambda: numbers(1).ag_running]:
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)


async def sums():
    return sum([x async for x in numbers(4)]), {x: x * x async for x in numbers(3)}, [y async for y in (x * 2 async for x in numbers(3) if x)]


print(run(sums()))


async def early():
    async for x in numbers(10):
        if x == 2:
            break
    else:
        return "not here"
    return x


print(run(early()))
