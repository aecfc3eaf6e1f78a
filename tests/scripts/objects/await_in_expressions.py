# await inside of expressions, calls, f-strings and comparisons: order of evaluation, and results in place.
import types


@types.coroutine
def step(value):
    print("wait", value)
    return (yield value)


async def main():
    total = await step(1) + await step(2) * await step(3)
    pair = (await step(4), [await step(5)], {await step(6): await step(7)})
    text = f"{await step(8)}-{await step(9)!r:>4}"
    chosen = await step(10) if await step(11) else await step(12)
    both = await step(0) and await step(13)
    print(max(await step(14), *[await step(15)], key=lambda v: -v), await step(16) < await step(17) < await step(18))
    return total, pair, text, chosen, both


coroutine = main()
try:
    sent = coroutine.send(None)
    while True:
        sent = coroutine.send(sent)
except StopIteration as stop:
    print(stop.value)
