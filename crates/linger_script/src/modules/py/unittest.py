"""Tests of a script's own: cases with assertions, suites of them, and a runner that tells in text. Tests are not looked for in folders,
since scripts see no files."""

from .case import (
    FunctionTestCase,
    SkipTest,
    TestCase,
    addModuleCleanup,
    doModuleCleanups,
    enterModuleContext,
    expectedFailure,
    skip,
    skipIf,
    skipUnless,
)
from .loader import TestLoader, defaultTestLoader, makeSuite
from .main import TestProgram, main
from .result import TestResult
from .runner import TextTestResult, TextTestRunner
from .suite import BaseTestSuite, TestSuite

__all__ = [
    "IsolatedAsyncioTestCase",
    "TestResult", "TestCase", "TestSuite", "TextTestRunner", "TestLoader", "FunctionTestCase", "main", "defaultTestLoader", "SkipTest",
    "skip", "skipIf", "skipUnless", "expectedFailure", "TextTestResult", "makeSuite", "addModuleCleanup", "doModuleCleanups",
    "enterModuleContext",
]


def __getattr__(name):
    # It needs the whole of asyncio, which other tests do without.
    if name == "IsolatedAsyncioTestCase":
        global IsolatedAsyncioTestCase
        from .async_case import IsolatedAsyncioTestCase

        return IsolatedAsyncioTestCase
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
