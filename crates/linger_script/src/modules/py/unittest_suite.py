"""Tests run one after another, with what their classes and modules prepare."""

import sys

from . import case


class BaseTestSuite:
    """Tests and suites of tests, in order."""

    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        self._removed_tests = 0
        self.addTests(tests)

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} tests={list(self)}>"

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, type(self)) else NotImplemented

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return self._removed_tests + sum(test.countTestCases() for test in self if test)

    def addTest(self, test):
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        if isinstance(test, type) and issubclass(test, (case.TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def _forget(self, at):
        """A test that ran is let go, and what it holds with it."""
        test = self._tests[at]
        if hasattr(test, "countTestCases"):
            self._removed_tests += test.countTestCases()
        self._tests[at] = None

    def run(self, result):
        for at, test in enumerate(self):
            if result.shouldStop:
                break
            test(result)
            if self._cleanup:
                self._forget(at)
        return result

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    def debug(self):
        for test in self:
            test.debug()


class TestSuite(BaseTestSuite):
    """A suite that calls setUpClass, setUpModule and their counterparts."""

    def run(self, result, debug=False):
        outer = not result._testRunEntered
        result._testRunEntered = True
        for at, test in enumerate(self):
            if result.shouldStop:
                break
            if not _is_suite(test):
                self._leave_class(test, result)
                self._enter_module(test, result)
                self._enter_class(test, result)
                result._previousTestClass = test.__class__
                if getattr(test.__class__, "_classSetupFailed", False) or result._moduleSetUpFailed:
                    continue
            if debug:
                test.debug()
            else:
                test(result)
            if self._cleanup:
                self._forget(at)
        if outer:
            self._leave_class(None, result)
            self._leave_module(result)
            result._testRunEntered = False
        return result

    def debug(self):
        self.run(_Raising(), True)

    def _enter_class(self, test, result):
        current = test.__class__
        if current is result._previousTestClass or result._moduleSetUpFailed or getattr(current, "__unittest_skip__", False):
            return
        prepare = getattr(current, "setUpClass", None)
        if prepare is None:
            return
        try:
            current._classSetupFailed = False
        except TypeError:
            pass
        try:
            prepare()
        except Exception as error:
            current._classSetupFailed = True
            self._report(result, error, "setUpClass", current)
            current.doClassCleanups()

    def _enter_module(self, test, result):
        current = test.__class__.__module__
        if _module_of(result) == current:
            return
        self._leave_module(result)
        result._moduleSetUpFailed = False
        prepare = getattr(sys.modules.get(current), "setUpModule", None)
        if prepare is None:
            return
        try:
            prepare()
        except Exception as error:
            result._moduleSetUpFailed = True
            self._report(result, error, "setUpModule", current)
            case.doModuleCleanups()

    def _leave_class(self, test, result):
        previous = result._previousTestClass
        if previous is None or test.__class__ is previous and test is not None:
            return
        failed = getattr(previous, "_classSetupFailed", False) or result._moduleSetUpFailed
        if failed or getattr(previous, "__unittest_skip__", False):
            return
        clear = getattr(previous, "tearDownClass", None)
        if clear is not None:
            try:
                clear()
            except Exception as error:
                self._report(result, error, "tearDownClass", previous)
        if hasattr(previous, "doClassCleanups"):
            previous.doClassCleanups()
            for _, error, _ in previous.tearDown_exceptions:
                self._report(result, error, "tearDownClass", previous)

    def _leave_module(self, result):
        previous = _module_of(result)
        if previous is None or result._moduleSetUpFailed:
            return
        clear = getattr(sys.modules.get(previous), "tearDownModule", None)
        for work in (clear, case.doModuleCleanups):
            if work is None:
                continue
            try:
                work()
            except Exception as error:
                self._report(result, error, "tearDownModule", previous)

    def _report(self, result, error, method, parent):
        if isinstance(result, _Raising):
            raise error
        name = parent if isinstance(parent, str) else f"{parent.__module__}.{parent.__qualname__}"
        holder = _ErrorHolder(f"{method} ({name})")
        if isinstance(error, case.SkipTest):
            result.addSkip(holder, str(error))
        else:
            result.addError(holder, (type(error), error, error.__traceback__))


class _ErrorHolder:
    """Stands for a test where what failed is none."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def __repr__(self):
        return f"<ErrorHolder description={self.description!r}>"

    def __str__(self):
        return self.id()

    def run(self, result):
        pass

    def __call__(self, result):
        return self.run(result)

    def countTestCases(self):
        return 0


class _Raising:
    _previousTestClass = None
    _moduleSetUpFailed = False
    _testRunEntered = False
    shouldStop = False


def _module_of(result):
    previous = result._previousTestClass
    return None if previous is None else previous.__module__


def _is_suite(test):
    try:
        iter(test)
    except TypeError:
        return False
    return True
