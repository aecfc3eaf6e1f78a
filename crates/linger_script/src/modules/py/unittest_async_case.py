"""Tests whose methods are coroutines: each has an event loop of its own."""

import asyncio
import contextvars
import inspect
import warnings

from .case import TestCase

__unittest = True


class IsolatedAsyncioTestCase(TestCase):
    """Runs what is asynchronous of a test in a loop, and all of it in one context."""

    def __init__(self, methodName="runTest"):
        super().__init__(methodName)
        self._runner = None
        self._context = contextvars.copy_context()

    async def asyncSetUp(self):
        pass

    async def asyncTearDown(self):
        pass

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        self.addCleanup(func, *args, **kwargs)

    async def enterAsyncContext(self, cm):
        kind = type(cm)
        try:
            enter, leave = kind.__aenter__, kind.__aexit__
        except AttributeError:
            raise TypeError(
                f"'{kind.__module__}.{kind.__qualname__}' object does not support the asynchronous context manager protocol"
            ) from None
        result = await enter(cm)
        self.addAsyncCleanup(leave, cm, None, None, None)
        return result

    def _wait_for(self, function, *args, **kwargs):
        if inspect.iscoroutinefunction(function):
            return self._runner.run(function(*args, **kwargs), context=self._context)
        return self._context.run(function, *args, **kwargs)

    def _callSetUp(self):
        self._context.run(self.setUp)
        self._wait_for(self.asyncSetUp)

    def _callTestMethod(self, method):
        if self._wait_for(method) is not None:
            warnings.warn(
                f"It is deprecated to return a value that is not None from a test case ({method})", DeprecationWarning, stacklevel=4
            )

    def _callTearDown(self):
        self._wait_for(self.asyncTearDown)
        self._context.run(self.tearDown)

    def _callCleanup(self, function, /, *args, **kwargs):
        self._wait_for(function, *args, **kwargs)

    def run(self, result=None):
        with asyncio.Runner() as self._runner:
            return super().run(result)

    def debug(self):
        with asyncio.Runner() as self._runner:
            super().debug()
