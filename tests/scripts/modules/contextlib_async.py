"""Asynchronous context managers, driven by send()."""
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, nullcontext


@asynccontextmanager
async def resource(name):
    print("open", name)
    try:
        yield name
    finally:
        print("close", name)


class Closing:
    async def aclose(self):
        print("aclosed")


async def main():
    async with resource("a") as a, nullcontext(3) as three:
        print(a, three)
    try:
        async with resource("b"):
            raise KeyError("k")
    except KeyError as e:
        print("out", e)
    async with AsyncExitStack() as stack:
        print(await stack.enter_async_context(resource("c")))
        stack.callback(print, "sync callback")

        async def later(x):
            print("async callback", x)

        stack.push_async_callback(later, 5)
    async with aclosing(Closing()):
        print("inside")
    return "done"


run = main()
try:
    run.send(None)
except StopIteration as e:
    print(e.value)
