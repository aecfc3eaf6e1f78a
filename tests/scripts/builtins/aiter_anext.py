# aiter and anext, driven by hand.
def run(awaitable):
    try:
        while True:
            awaitable.__await__().send(None)
    except StopIteration as stop:
        return stop.value

async def numbers():
    yield 1
    yield 2

def attempt(act):
    try:
        print(act())
    except (Exception, StopAsyncIteration) as error:
        print(type(error).__name__, error)

source = numbers()
print(aiter(source) is source)
print(run(anext(source)), run(anext(source)))
attempt(lambda: run(anext(source)))
attempt(lambda: aiter(5))
attempt(lambda: anext(5))
class Async:
    def __aiter__(self):
        return self
    async def __anext__(self):
        return "next"
print(run(anext(aiter(Async()))))
class Wrong:
    def __aiter__(self):
        return 5
attempt(lambda: aiter(Wrong()))
