"""Coroutines that take turns. The loop waits for time alone: scripts have no files, processes, threads or network."""

import types

from .exceptions import *
from .exceptions import CancelledError, InvalidStateError, QueueEmpty, QueueFull, TimeoutError
from .loop import (
    AbstractEventLoop,
    BaseEventLoop,
    Future,
    Handle,
    SelectorEventLoop,
    Task,
    TimerHandle,
    all_tasks,
    create_task,
    current_task,
    ensure_future,
    get_event_loop,
    get_running_loop,
    iscoroutine,
    iscoroutinefunction,
    isfuture,
    new_event_loop,
    set_event_loop,
)
from .sync import (
    BoundedSemaphore,
    Condition,
    Event,
    LifoQueue,
    Lock,
    PriorityQueue,
    Queue,
    Semaphore,
)

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"


@types.coroutine
def _turn():
    yield


async def sleep(delay, result=None):
    """Lets others run for some seconds."""
    if delay <= 0:
        await _turn()
        return result
    loop = get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, _release, future, result)
    try:
        return await future
    finally:
        timer.cancel()


def _release(future, result=None):
    if not future.done():
        future.set_result(result)


class Runner:
    """A loop of its own, closed at the end."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._debug, self._factory, self._loop, self._ended = debug, loop_factory, None, False

    def __enter__(self):
        self.get_loop()
        return self

    def __exit__(self, kind, error, trace):
        self.close()

    def get_loop(self):
        if self._ended:
            raise RuntimeError("Runner is closed")
        if self._loop is None:
            self._loop = new_event_loop() if self._factory is None else self._factory()
            if self._debug is not None:
                self._loop.set_debug(self._debug)
            if self._factory is None:
                set_event_loop(self._loop)
        return self._loop

    def run(self, coro, *, context=None):
        if not iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if get_event_loop().is_running():
            coro.close()
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        loop = self.get_loop()
        return loop.run_until_complete(loop.create_task(coro, context=context))

    def close(self):
        loop, self._loop = self._loop, None
        if loop is None or self._ended:
            return
        self._ended = True
        try:
            left = all_tasks(loop)
            for task in left:
                task.cancel()
            if left:
                loop.run_until_complete(_gathered(left))
            for task in left:
                if not task.cancelled() and task.exception() is not None:
                    told = {"message": "unhandled exception during asyncio.run() shutdown", "exception": task.exception(), "task": task}
                    loop.call_exception_handler(told)
        finally:
            if self._factory is None:
                set_event_loop(None)
            loop.close()


async def _gathered(tasks):
    await gather(*tasks, return_exceptions=True)


def run(main, *, debug=None):
    """Runs a coroutine in a loop of its own, and cancels what it leaves."""
    if get_event_loop().is_running():
        if iscoroutine(main):
            main.close()
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug) as runner:
        return runner.run(main)


class _Gathering(Future):
    """The results of several: cancelled, it cancels them."""

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        asked = False
        for child in self._children:
            asked = child.cancel(msg=msg) or asked
        self._cancel_requested = self._cancel_requested or asked
        return asked


def gather(*coros_or_futures, return_exceptions=False):
    if not coros_or_futures:
        outer = get_event_loop().create_future()
        outer.set_result([])
        return outer
    known = {}
    children = []
    finished = 0
    loop = outer = None

    def one_done(child):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            if not child.cancelled():
                child.exception()
            return
        if not return_exceptions:
            if child.cancelled():
                outer.set_exception(child._cancelled_error())
                return
            if child.exception() is not None:
                outer.set_exception(child.exception())
                return
        if finished < len(known):
            return
        results = []
        for each in children:
            if each.cancelled():
                results.append(CancelledError("" if each._cancel_message is None else each._cancel_message))
            else:
                error = each.exception()
                results.append(each.result() if error is None else error)
        if outer._cancel_requested:
            outer.set_exception(child._cancelled_error() if child.cancelled() else CancelledError())
        else:
            outer.set_result(results)

    for each in coros_or_futures:
        if each not in known:
            future = ensure_future(each, loop=loop)
            if loop is None:
                loop = future.get_loop()
            if future is not each:
                future._log_failure = False
            known[each] = future
            future.add_done_callback(one_done)
        children.append(known[each])
    outer = _Gathering(list(known.values()), loop=loop)
    return outer


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    if isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    fs = set(fs)
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    if any(iscoroutine(each) for each in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = get_running_loop()
    waiter = loop.create_future()
    left = len(fs)

    def one_done(future):
        nonlocal left
        left -= 1
        failed = not future.cancelled() and future.exception() is not None
        if left <= 0 or return_when == FIRST_COMPLETED or return_when == FIRST_EXCEPTION and failed:
            _release(waiter)

    done_now = [each for each in fs if each.done()]
    enough = len(done_now) == len(fs) or done_now and return_when == FIRST_COMPLETED
    if not enough:
        timer = None if timeout is None else loop.call_later(timeout, _release, waiter)
        for each in fs:
            each.add_done_callback(one_done)
        try:
            await waiter
        finally:
            if timer is not None:
                timer.cancel()
            for each in fs:
                each.remove_done_callback(one_done)
    done = {each for each in fs if each.done()}
    return done, fs - done


async def _cancel_and_wait(future):
    waiter = get_running_loop().create_future()
    release = lambda future: _release(waiter)
    future.add_done_callback(release)
    try:
        future.cancel()
        await waiter
    finally:
        future.remove_done_callback(release)


async def wait_for(fut, timeout):
    """Waits for so many seconds; what is not done then is cancelled."""
    loop = get_running_loop()
    if timeout is None:
        return await fut
    fut = ensure_future(fut, loop=loop)
    if timeout <= 0:
        if not fut.done():
            await _cancel_and_wait(fut)
            return _result_in_time(fut)
        return fut.result()
    waiter = loop.create_future()
    timer = loop.call_later(timeout, _release, waiter)
    release = lambda future: _release(waiter)
    fut.add_done_callback(release)
    try:
        try:
            await waiter
        except CancelledError:
            if fut.done():
                return fut.result()
            fut.remove_done_callback(release)
            await _cancel_and_wait(fut)
            raise
        if fut.done():
            return fut.result()
        fut.remove_done_callback(release)
        await _cancel_and_wait(fut)
        return _result_in_time(fut)
    finally:
        timer.cancel()


def _result_in_time(future):
    try:
        return future.result()
    except CancelledError as error:
        raise TimeoutError from error


def shield(arg):
    """What is awaited may be cancelled without cancelling what it waits for."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = inner.get_loop().create_future()

    def inner_done(inner):
        if outer.cancelled():
            if not inner.cancelled():
                inner.exception()
        elif inner.cancelled():
            outer.cancel()
        elif inner.exception() is not None:
            outer.set_exception(inner.exception())
        else:
            outer.set_result(inner.result())

    inner.add_done_callback(inner_done)
    outer.add_done_callback(lambda outer: None if inner.done() else inner.remove_done_callback(inner_done))
    return outer


def as_completed(fs, *, timeout=None):
    """Awaitables, each for the next that is done."""
    if isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    loop = get_event_loop()
    waiting = {ensure_future(each, loop=loop) for each in set(fs)}
    done = Queue()
    timer = None

    def one_done(future):
        if future in waiting:
            waiting.remove(future)
            done.put_nowait(future)
            if not waiting and timer is not None:
                timer.cancel()

    def over():
        for each in waiting:
            each.remove_done_callback(one_done)
            done.put_nowait(None)
        waiting.clear()

    async def following():
        future = await done.get()
        if future is None:
            raise TimeoutError
        return future.result()

    for each in waiting:
        each.add_done_callback(one_done)
    if timeout is not None and waiting:
        timer = loop.call_later(timeout, over)
    for _ in range(len(waiting)):
        yield following()


class Timeout:
    """Cancels the block that takes longer."""

    def __init__(self, when):
        self._when, self._task, self._timer, self._passed = when, None, None, False

    def when(self):
        return self._when

    def expired(self):
        return self._passed

    def reschedule(self, when):
        self._when = when
        if self._timer is not None:
            self._timer.cancel()
        loop = get_running_loop()
        self._timer = None if when is None else loop.call_soon(self._over) if when <= loop.time() else loop.call_at(when, self._over)

    def _over(self):
        self._passed = True
        self._task.cancel()

    async def __aenter__(self):
        self._task = current_task()
        if self._task is None:
            raise RuntimeError("Timeout should be used inside a task")
        self._before = self._task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, kind, error, trace):
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._passed and self._task.uncancel() <= self._before and kind is CancelledError:
            raise TimeoutError from error
        return None


def timeout(delay):
    return Timeout(None if delay is None else get_running_loop().time() + delay)


def timeout_at(when):
    return Timeout(when)


class TaskGroup:
    """Tasks that end together: one that fails cancels the others."""

    def __init__(self):
        self._parent = self._loop = self._waiter = None
        self._tasks = set()
        self._errors = []
        self._entered = self._exiting = self._aborting = self._parent_cancelled = False

    async def __aenter__(self):
        if self._entered:
            raise RuntimeError(f"TaskGroup {self!r} has been already entered")
        self._entered = True
        self._loop = get_running_loop()
        self._parent = current_task(self._loop)
        if self._parent is None:
            raise RuntimeError(f"TaskGroup {self!r} cannot determine the parent task")
        return self

    async def __aexit__(self, kind, error, trace):
        self._exiting = True
        cancelled = error if kind is CancelledError else None
        if self._parent_cancelled and self._parent.uncancel() == 0:
            cancelled = None
        if kind is not None and not self._aborting:
            self._abort()
        while self._tasks:
            self._waiter = self._loop.create_future()
            try:
                await self._waiter
            except CancelledError as raised:
                if not self._aborting:
                    cancelled = raised
                    self._abort()
            self._waiter = None
        if cancelled is not None and not self._errors:
            raise cancelled
        if kind is not None and kind is not CancelledError:
            self._errors.append(error)
        if self._errors:
            errors, self._errors = self._errors, []
            raise BaseExceptionGroup("unhandled errors in a TaskGroup", errors) from None

    def create_task(self, coro, *, name=None, context=None):
        if not self._entered:
            raise RuntimeError(f"TaskGroup {self!r} has not been entered")
        if self._exiting and not self._tasks:
            raise RuntimeError(f"TaskGroup {self!r} is finished")
        if self._aborting:
            raise RuntimeError(f"TaskGroup {self!r} is shutting down")
        task = self._loop.create_task(coro, name=name, context=context)
        self._tasks.add(task)
        task.add_done_callback(self._one_done)
        return task

    def _abort(self):
        self._aborting = True
        for task in self._tasks:
            task.cancel()

    def _one_done(self, task):
        self._tasks.discard(task)
        if self._waiter is not None and not self._tasks:
            _release(self._waiter)
        if task.cancelled() or task.exception() is None:
            return
        self._errors.append(task.exception())
        if not self._aborting and not self._parent_cancelled:
            self._abort()
            if not self._parent.done():
                self._parent_cancelled = True
                self._parent.cancel()


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise AttributeError(f"module 'asyncio' has no attribute {name!r}: scripts have no files, processes, threads or network")
