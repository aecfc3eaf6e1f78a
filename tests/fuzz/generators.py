"""Generators and coroutines, driven by random sequences of next, send, throw and close."""

BODY = [
    "got = yield {n}; print('got', got)",
    "x = yield from sub({n})\n{p}print('sub gave', x)",
    "try:\n{p} yield {n}\n{p}except ValueError as e:\n{p} print('caught', e); yield 'handled'",
    "try:\n{p} got = yield {n}\n{p} print('in', got)\n{p}finally:\n{p} print('finally', {n})",
    "try:\n{p} yield {n}\n{p}except GeneratorExit:\n{p} print('closing'); {leave}",
    "for i in range({m}):\n{p} total += (yield i) or 1",
    "with Manager({n}):\n{p} yield 'with'",
    "total = sum([(yield_ := i) for i in range({m})])",
    "yield [x async_ for x in ()]".replace("async_ ", ""),
    "yield from ({n}, {m})",
    "yield from map(str, range({m}))",
    "try:\n{p} yield from sub({n})\n{p}except KeyError as e:\n{p} print('outer caught', repr(e))",
    "if total > {n}: return total",
    "raise_if({m})",
    "yield total",
    "try:\n{p} yield 1/{zero}\n{p}except ZeroDivisionError:\n{p} x = yield 'zero'",
    "yield (lambda: (yield_))() if False else None",
    "yield from other({m})",
    "while True:\n{p} got = yield total\n{p} if not got: break\n{p} total += 1",
    "try:\n{p} raise LookupError({n})\n{p}except LookupError:\n{p} yield 'inside'\n{p} raise_if({m})",
]
LEAVES = ["raise", "return", "pass", "yield 'refused'", "raise ValueError('while closing')", "return 5"]
STEPS = ["next(g)", "next(g)", "next(g)", "next(g, 'default')", "g.send(None)", "g.send({n})", "g.throw(ValueError({n}))", "g.throw(KeyError)", "g.close()", "list(g)",
         "g.throw(StopIteration({n}))", "g.throw(GeneratorExit)", "(g.gi_running, g.gi_yieldfrom is None, g.gi_frame is None)", "g.throw(ValueError, 'old')", "tuple(itertools.islice(g, 3))",
         "g.throw(RuntimeError('with cause'))", "[*g]", "max(g, key=str)", "sum(1 for _ in g)", "a, b = g"]
PRELUDE = """
import itertools
class Manager:
    def __init__(self, number): self.number = number
    def __enter__(self): print('enter', self.number)
    def __exit__(self, kind, value, trace): print('exit', self.number, kind); return kind is KeyError
class Plain:
    def __init__(self, limit): self.limit = limit
    def __iter__(self): return self
    def __next__(self):
        self.limit -= 1
        if self.limit < 0: raise StopIteration('spent')
        return self.limit
def other(number): return Plain(number)
def raise_if(number):
    if number == 2: raise StopIteration(number)
    if number == 3: raise TypeError('three')
def sub(number):
    try:
        got = yield ('sub', number)
        print('sub got', got)
        yield got
    except ValueError as error:
        print('sub caught', repr(error))
        if number % 2: raise KeyError(number) from error
    finally:
        print('sub ends')
    return number * 2
"""
ASYNC = """
import types
@types.coroutine
def suspend(value):
    got = yield value
    if got == 3: raise ValueError('three')
    return got
class Waiter:
    def __init__(self, value): self.value = value
    def __await__(self):
        got = yield self.value
        return got
class Source:
    def __init__(self, limit): self.limit = limit
    def __aiter__(self): return self
    async def __anext__(self):
        if self.limit <= 0: raise StopAsyncIteration
        self.limit -= 1
        return await suspend(('source', self.limit))
class Guard:
    async def __aenter__(self): return await suspend('enter')
    async def __aexit__(self, kind, value, trace): print('aexit', kind); await suspend('exit'); return kind is KeyError
# When the end of an exception frees an asynchronous generator is told once it is over: CPython's tracebacks keep variables
# alive for that long.
ended = []
async def numbers(limit):
    try:
        for i in range(limit):
            yield await suspend(i)
    finally:
        ended.append(limit)
"""
ASYNC_BODY = [
    "x = await suspend({n}); print('x', x)",
    "x = await Waiter({n}); print('waiter', x)",
    "async for item in Source({m}):\n{p} print('item', item)",
    "async for item in numbers({m}):\n{p} print('number', item)\n{p} if item == 5: break",
    "async with Guard() as held:\n{p} print('held', held)",
    "async with Guard():\n{p} raise KeyError({n})",
    "print([item async for item in numbers({m})])",
    "print({{item: await suspend(item) async for item in Source({m})}})",
    "try:\n{p} await suspend('try')\n{p}except ValueError as e:\n{p} print('caught', e)\n{p}finally:\n{p} await suspend('last')",
    "print(await helper({m}))",
    "agen = numbers({m}); print(await agen.__anext__()); await agen.aclose()",
    "agen = numbers({m})\n{p}print(await anext(agen, 'none'))",
    "if {m} == 3: return 'early'",
    "await {n}",
    "print([await suspend(i) for i in range({m})])",
    "agen = numbers(3)\n{p}try:\n{p} await agen.asend(None); await agen.athrow(KeyError({n}))\n{p}except KeyError as e:\n{p} print('athrow', e)",
]


def fill(random, text, pad):
    return pad + text.format(n=random.randrange(9), m=random.randrange(4), zero=random.randrange(2), p=pad, leave=random.choice(LEAVES))


def driven(random, name, steps):
    lines = [f"g = {name}"]
    for _ in range(random.randrange(3, 8)):
        lines += ["try:", "    print(" + random.choice(steps).format(n=random.randrange(9)).replace("a, b = g", "[a for a, b in [g]]") + ")",
                  "except BaseException as error:", "    print(type(error).__name__, error, '|', repr(error.__cause__), '|', repr(error.__context__))"]
    return lines


def program(random):
    lines = [PRELUDE]
    if random.random() < 0.3:
        lines += [ASYNC, "async def helper(number):", " total = 0"]
        lines += [fill(random, random.choice(ASYNC_BODY[:4]), " ") for _ in range(2)]
        lines.append(" return number * 2")
        for index in range(3):
            lines.append(f"async def work{index}():")
            lines += [fill(random, random.choice(ASYNC_BODY), " ") for _ in range(random.randrange(1, 5))]
            lines.append(f" return {index}")
            steps = ["g.send(None)", "g.send(None)", "g.send({n})", "g.throw(ValueError({n}))", "g.throw(KeyError)", "g.close()", "g.cr_running"]
            lines += driven(random, f"work{index}()", steps)
            lines += ["try:", "    while True: g.send(1)", "except BaseException as error:", "    print(type(error).__name__, error)",
                      "g = None", "print(sorted(ended)); ended.clear()"]
        return "\n".join(lines) + "\n"
    for index in range(5):
        lines += [f"def gen{index}(total=0):", " x = None"]
        lines += [fill(random, random.choice(BODY), " ") for _ in range(random.randrange(1, 5))]
        lines += [" yield 'end'", " return total"]
        for _ in range(2):
            lines += driven(random, f"gen{index}({random.randrange(5)})", STEPS)
        lines += ["print('last')", "try: g.close()", "except BaseException as error: print('at close', repr(error))"]
    lines += ["g = None", "print('done')"]
    return "\n".join(lines) + "\n"
