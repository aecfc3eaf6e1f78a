"""The event loop: what is to be called, now or later, and the futures and tasks that it serves. It waits for time and for nothing else,
since scripts have no files, processes or network."""

import contextvars
import heapq
import inspect
import itertools
import sys
import time
import traceback
import types
from collections import deque

from .exceptions import CancelledError, InvalidStateError

_running = None
_current = None
_tasks = {}
_names = itertools.count(1)


class Handle:
    """A call that waits."""

    def __init__(self, callback, args, loop, context=None):
        self._callback, self._args, self._loop, self._context = callback, args, loop, context
        self._cancelled = False

    def cancel(self):
        self._cancelled = True
        self._callback = self._args = None

    def cancelled(self):
        return self._cancelled

    def _run(self):
        try:
            if self._context is None:
                self._callback(*self._args)
            else:
                self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            name = getattr(self._callback, "__qualname__", repr(self._callback))
            self._loop.call_exception_handler({"message": f"Exception in callback {name}", "exception": error, "handle": self})


class TimerHandle(Handle):
    """A call that waits for a time."""

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        self._when = when

    def when(self):
        return self._when


class AbstractEventLoop:
    """What loops have in common: nothing but their name."""


class BaseEventLoop(AbstractEventLoop):
    def __init__(self):
        self._ready = deque()
        self._timers = []
        self._order = itertools.count()
        self._stopping = False
        self._closed = False
        self._handler = None
        self._debug = False
        self._task_factory = None

    def __repr__(self):
        return f"<{type(self).__name__} running={self.is_running()} closed={self._closed} debug={self._debug}>"

    def time(self):
        return time.monotonic()

    def call_soon(self, callback, *args, context=None):
        self._check_closed()
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        handle = TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._timers, (when, next(self._order), handle))
        return handle

    def create_future(self):
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        self._check_closed()
        if self._task_factory is not None:
            task = self._task_factory(self, coro)
            if name is not None:
                task.set_name(name)
            return task
        return Task(coro, loop=self, name=name, context=context)

    def set_task_factory(self, factory):
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    def is_running(self):
        return _running is self

    def is_closed(self):
        return self._closed

    def stop(self):
        self._stopping = True

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        self._closed = True
        self._ready.clear()
        self._timers.clear()

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    def _run_once(self):
        """One round: what is due, and what was ready when the round began."""
        while self._timers and self._timers[0][2]._cancelled:
            heapq.heappop(self._timers)
        if not self._ready and self._timers and not self._stopping:
            wait = self._timers[0][0] - self.time()
            if wait > 0:
                time.sleep(wait)
        elif not self._ready and not self._stopping:
            raise RuntimeError("the event loop would wait forever: nothing is ready, and no timer is set")
        due = self.time() + 1e-9
        while self._timers and self._timers[0][0] <= due:
            self._ready.append(heapq.heappop(self._timers)[2])
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if not handle._cancelled:
                handle._run()

    def run_forever(self):
        global _running
        self._check_closed()
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if _running is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")
        _running = self
        try:
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._stopping = False
            _running = None

    def run_until_complete(self, future):
        self._check_closed()
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if _running is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")
        made = not isfuture(future)
        future = ensure_future(future, loop=self)
        if made:
            future._log_failure = False
        stop = lambda future: self.stop()
        future.add_done_callback(stop)
        try:
            self.run_forever()
        except BaseException:
            if made and future.done() and not future.cancelled():
                future.exception()
            raise
        finally:
            future.remove_done_callback(stop)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self):
        pass

    def run_in_executor(self, executor, function, *args):
        raise RuntimeError("scripts have one thread: there are no executors")

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    def get_exception_handler(self):
        return self._handler

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._handler = handler

    def default_exception_handler(self, context):
        print(context.get("message") or "Unhandled exception in event loop", file=sys.stderr)
        for key in sorted(context):
            if key not in ("message", "exception"):
                print(f"{key}: {context[key]!r}", file=sys.stderr)
        error = context.get("exception")
        if error is not None:
            traceback.print_exception(error)

    def call_exception_handler(self, context):
        if self._handler is None:
            self.default_exception_handler(context)
            return
        try:
            self._handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            told = {"message": "Unhandled error in exception handler", "exception": error, "context": context}
            self.default_exception_handler(told)


class SelectorEventLoop(BaseEventLoop):
    """The loop that there is."""


_PENDING, _CANCELLED, _FINISHED = "PENDING", "CANCELLED", "FINISHED"


class Future:
    """A result that is not there yet."""

    _asyncio_future_blocking = False
    _log_failure = False
    _told = "Future exception was never retrieved"

    def __init__(self, *, loop=None):
        self._loop = get_event_loop() if loop is None else loop
        self._state = _PENDING
        self._result = self._exception = self._cancel_message = None
        self._callbacks = []

    def __repr__(self):
        words = [self._state.lower()]
        if self._state == _FINISHED:
            words.append(f"exception={self._exception!r}" if self._exception is not None else f"result={self._result!r}")
        return f"<{type(self).__name__} {' '.join(words)}>"

    def __del__(self):
        if self._log_failure:
            self._loop.call_exception_handler({"message": self._told, "exception": self._exception, "future": self})

    def get_loop(self):
        return self._loop

    def done(self):
        return self._state != _PENDING

    def cancelled(self):
        return self._state == _CANCELLED

    def cancel(self, msg=None):
        self._log_failure = False
        if self._state != _PENDING:
            return False
        self._state = _CANCELLED
        self._cancel_message = msg
        self._schedule()
        return True

    def _cancelled_error(self):
        return CancelledError() if self._cancel_message is None else CancelledError(self._cancel_message)

    def result(self):
        if self._state == _CANCELLED:
            raise self._cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError("Result is not set.")
        self._log_failure = False
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self):
        if self._state == _CANCELLED:
            raise self._cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError("Exception is not set.")
        self._log_failure = False
        return self._exception

    def set_result(self, result):
        if self._state != _PENDING:
            raise InvalidStateError("invalid state")
        self._result = result
        self._state = _FINISHED
        self._schedule()

    def set_exception(self, exception):
        if self._state != _PENDING:
            raise InvalidStateError("invalid state")
        if isinstance(exception, type):
            exception = exception()
        if type(exception) is StopIteration:
            raise TypeError("StopIteration interacts badly with generators and cannot be raised into a Future")
        self._exception = exception
        self._state = _FINISHED
        self._log_failure = True
        self._schedule()

    def add_done_callback(self, callback, *, context=None):
        if self._state != _PENDING:
            self._loop.call_soon(callback, self, context=context)
        else:
            self._callbacks.append((callback, context))

    def remove_done_callback(self, callback):
        kept = [entry for entry in self._callbacks if entry[0] != callback]
        removed = len(self._callbacks) - len(kept)
        self._callbacks[:] = kept
        return removed

    def _schedule(self):
        callbacks, self._callbacks = self._callbacks, []
        for callback, context in callbacks:
            self._loop.call_soon(callback, self, context=context)

    def __await__(self):
        if not self.done():
            self._asyncio_future_blocking = True
            yield self
        if not self.done():
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__
    __class_getitem__ = classmethod(types.GenericAlias)


class Task(Future):
    """A coroutine that the loop drives."""

    _told = "Task exception was never retrieved"

    def __init__(self, coro, *, loop=None, name=None, context=None):
        super().__init__(loop=loop)
        if not iscoroutine(coro):
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        self._coro = coro
        self._name = f"Task-{next(_names)}" if name is None else str(name)
        self._must_cancel = False
        self._waits_for = None
        self._requests = 0
        self._context = contextvars.copy_context() if context is None else context
        _tasks[id(self)] = self
        self._loop.call_soon(self._step, context=self._context)

    def __repr__(self):
        coro = getattr(self._coro, "__qualname__", repr(self._coro))
        words = [self._state.lower(), f"name={self._name!r}", f"coro=<{coro}()>"]
        if self._state == _FINISHED:
            words.append(f"exception={self._exception!r}" if self._exception is not None else f"result={self._result!r}")
        return f"<{type(self).__name__} {' '.join(words)}>"

    def get_coro(self):
        return self._coro

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def cancel(self, msg=None):
        self._log_failure = False
        if self.done():
            return False
        self._requests += 1
        if self._waits_for is not None and self._waits_for.cancel(msg=msg):
            return True
        self._must_cancel = True
        self._cancel_message = msg
        return True

    def cancelling(self):
        return self._requests

    def uncancel(self):
        if self._requests > 0:
            self._requests -= 1
        return self._requests

    def _step(self, error=None):
        global _current
        if self._must_cancel:
            if not isinstance(error, CancelledError):
                error = self._cancelled_error()
            self._must_cancel = False
        self._waits_for = None
        before, _current = _current, self
        try:
            waits_for = self._coro.send(None) if error is None else self._coro.throw(error)
        except StopIteration as ended:
            if self._must_cancel:
                self._must_cancel = False
                super().cancel(msg=self._cancel_message)
            else:
                super().set_result(ended.value)
        except CancelledError as raised:
            self._cancel_message = raised.args[0] if raised.args else None
            super().cancel(msg=self._cancel_message)
        except (KeyboardInterrupt, SystemExit) as raised:
            super().set_exception(raised)
            raise
        except BaseException as raised:
            super().set_exception(raised)
        else:
            self._wait(waits_for)
        finally:
            _current = before
            error = None
            if self.done():
                _tasks.pop(id(self), None)

    def _wait(self, waits_for):
        soon = self._loop.call_soon
        if waits_for is None:
            soon(self._step, context=self._context)
        elif not isfuture(waits_for):
            soon(self._step, RuntimeError(f"Task got bad yield: {waits_for!r}"), context=self._context)
        elif not waits_for._asyncio_future_blocking:
            message = f"yield was used instead of yield from in task {self!r} with {waits_for!r}"
            soon(self._step, RuntimeError(message), context=self._context)
        elif waits_for is self:
            soon(self._step, RuntimeError(f"Task cannot await on itself: {self!r}"), context=self._context)
        else:
            waits_for._asyncio_future_blocking = False
            waits_for.add_done_callback(self._wake, context=self._context)
            self._waits_for = waits_for
            if self._must_cancel and waits_for.cancel(msg=self._cancel_message):
                self._must_cancel = False

    def _wake(self, future):
        try:
            future.result()
        except BaseException as error:
            self._step(error)
        else:
            self._step()


def isfuture(obj):
    return hasattr(type(obj), "_asyncio_future_blocking")


def iscoroutine(obj):
    return inspect.iscoroutine(obj) or isinstance(obj, types.GeneratorType)


def iscoroutinefunction(function):
    return inspect.iscoroutinefunction(function)


async def _await(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    if isfuture(coro_or_future):
        if loop is not None and loop is not coro_or_future._loop:
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    if not iscoroutine(coro_or_future):
        if not hasattr(coro_or_future, "__await__"):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coro_or_future = _await(coro_or_future)
    return (get_event_loop() if loop is None else loop).create_task(coro_or_future)


_set_loop = None


def get_running_loop():
    if _running is None:
        raise RuntimeError("no running event loop")
    return _running


def get_event_loop():
    global _set_loop
    if _running is not None:
        return _running
    if _set_loop is None:
        _set_loop = SelectorEventLoop()
    return _set_loop


def set_event_loop(loop):
    global _set_loop
    _set_loop = loop


def new_event_loop():
    return SelectorEventLoop()


def current_task(loop=None):
    if loop is None:
        loop = get_running_loop()
    return _current if _current is not None and _current._loop is loop else None


def all_tasks(loop=None):
    if loop is None:
        loop = get_running_loop()
    return {task for task in list(_tasks.values()) if task._loop is loop and not task.done()}


def create_task(coro, *, name=None, context=None):
    return get_running_loop().create_task(coro, name=name, context=context)
