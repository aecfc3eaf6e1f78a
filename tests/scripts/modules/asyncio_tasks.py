"""Coroutines that take turns: tasks, waiting, cancelling, groups."""
import asyncio


async def work(name, turns, fail=False):
    try:
        for turn in range(turns):
            print(name, turn)
            await asyncio.sleep(0)
        if fail:
            raise ValueError(name)
        return name.upper()
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def attempt(awaitable):
    try:
        print(await awaitable)
    except BaseException as error:
        print(type(error).__name__, error, repr(error.__cause__))


async def main():
    print(await asyncio.gather(work("a", 2), work("b", 3), work("c", 1)))
    await attempt(asyncio.gather(work("d", 1, True), work("e", 2)))
    print(await asyncio.gather(work("f", 1, True), work("g", 2), return_exceptions=True))
    task = asyncio.create_task(work("h", 5), name="own")
    print(task.get_name(), task.done(), len(asyncio.all_tasks()), asyncio.current_task() is task)
    await asyncio.sleep(0)
    print(task.cancel("enough"), task.cancelling())
    await attempt(task)
    print(task.cancelled(), task.done(), task.cancel())
    await attempt(asyncio.wait_for(work("i", 3), 5))
    await attempt(asyncio.wait_for(asyncio.sleep(5), 0.01))
    await attempt(asyncio.wait_for(work("j", 3), 0))
    shielded = asyncio.create_task(work("k", 3))
    outer = asyncio.create_task(attempt(asyncio.shield(shielded)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    outer.cancel()
    print(await shielded)
    done, pending = await asyncio.wait([asyncio.create_task(work("l", 1)), asyncio.create_task(work("m", 9))], return_when="FIRST_COMPLETED")
    print(len(done), len(pending), [each.result() for each in done])
    for each in pending:
        each.cancel()
    slow, quick = asyncio.create_task(work("n", 3)), asyncio.create_task(work("o", 1))
    for each in asyncio.as_completed([slow, quick]):
        print(await each)
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(5)
    except TimeoutError as error:
        print("in time", repr(error))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work("p", 1, True))
            group.create_task(work("q", 9))
    except* ValueError as errors:
        print(errors.exceptions)
    async with asyncio.TaskGroup() as group:
        one = group.create_task(work("r", 1))
    print(one.result(), one.done())


async def meeting():
    event, lock, slots = asyncio.Event(), asyncio.Lock(), asyncio.Semaphore(2)
    queue, order = asyncio.Queue(2), asyncio.PriorityQueue()
    condition = asyncio.Condition()

    async def waiter(name):
        await event.wait()
        async with lock:
            print(name, "holds", lock.locked())
            await asyncio.sleep(0)
        async with slots:
            print(name, "has a slot")
            await asyncio.sleep(0)

    async def producer():
        for item in range(5):
            await queue.put(item)
            print("put", item)

    async def consumer():
        for _ in range(5):
            print("got", await queue.get())
            queue.task_done()

    async def conditioned():
        async with condition:
            await condition.wait_for(lambda: event.is_set())
            print("condition met")

    waiters = [asyncio.create_task(waiter(name)) for name in "xyz"]
    late = asyncio.create_task(conditioned())
    await asyncio.sleep(0)
    event.set()
    async with condition:
        condition.notify_all()
    await asyncio.gather(*waiters, late)
    await asyncio.gather(producer(), consumer())
    await queue.join()
    for item in (3, 1, 2):
        order.put_nowait(item)
    print([order.get_nowait() for _ in range(3)])
    for act in (order.get_nowait, lock.release, queue.task_done):
        try:
            act()
        except Exception as error:
            print(type(error).__name__, error)


async def left():
    asyncio.create_task(work("left", 9))
    await asyncio.sleep(0)
    loop = asyncio.get_running_loop()
    calls = []
    loop.call_soon(calls.append, "soon")
    loop.call_later(0.002, calls.append, "later")
    loop.call_later(0.001, calls.append, "earlier")
    loop.call_soon(calls.append, "never").cancel()
    await asyncio.sleep(0.02)
    print(calls)
    future = loop.create_future()
    loop.call_soon(future.set_result, 7)
    print(await future, future.done(), future)
    for act in (lambda: future.set_result(1), loop.create_future().result, lambda: asyncio.run(left())):
        try:
            act()
        except Exception as error:
            print(type(error).__name__, str(error).split(":")[0])


async def nobody_looks():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"], repr(context["exception"])))
    asyncio.create_task(work("s", 0, True))
    await asyncio.sleep(0)
    await asyncio.sleep(0)


asyncio.run(main())
asyncio.run(meeting())
asyncio.run(left())
asyncio.run(nobody_looks())
for wrong in (3, work):
    try:
        asyncio.run(wrong)
    except ValueError as error:
        print(str(error).split(" at 0x")[0])
print(asyncio.iscoroutinefunction(work), asyncio.new_event_loop().is_running())
