"""What became of tests."""

import io
import sys
import traceback

# Where this package comes from: its lines are no part of a told traceback.
_FOLDER = __file__.removesuffix("result.py")

STDOUT_LINE = "\nStdout:\n%s"
STDERR_LINE = "\nStderr:\n%s"


def failfast(method):
    def stopping(self, *args, **kwargs):
        if getattr(self, "failfast", False):
            self.stop()
        return method(self, *args, **kwargs)

    return stopping


class TestResult:
    """Counts and keeps what tests report."""

    _moduleSetUpFailed = False
    _previousTestClass = None
    _testRunEntered = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failfast = False
        self.failures = []
        self.errors = []
        self.testsRun = 0
        self.skipped = []
        self.expectedFailures = []
        self.unexpectedSuccesses = []
        self.shouldStop = False
        self.buffer = False
        self.tb_locals = False
        self._kept = None

    def printErrors(self):
        pass

    def startTest(self, test):
        self.testsRun += 1
        self._setupStdout()

    def _setupStdout(self):
        if self.buffer and self._kept is None:
            self._kept = sys.stdout, sys.stderr
            sys.stdout, sys.stderr = io.StringIO(), io.StringIO()

    def startTestRun(self):
        pass

    def stopTest(self, test):
        if self._kept is not None:
            sys.stdout, sys.stderr = self._kept
            self._kept = None

    def stopTestRun(self):
        pass

    @failfast
    def addError(self, test, err):
        self.errors.append((test, self._exc_info_to_string(err, test)))

    @failfast
    def addFailure(self, test, err):
        self.failures.append((test, self._exc_info_to_string(err, test)))

    def addSubTest(self, test, subtest, err):
        if err is None:
            return
        if getattr(self, "failfast", False):
            self.stop()
        kept = self.failures if issubclass(err[0], test.failureException) else self.errors
        kept.append((subtest, self._exc_info_to_string(err, test)))

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    @failfast
    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)

    def wasSuccessful(self):
        return not (self.failures or self.errors or self.unexpectedSuccesses)

    def stop(self):
        self.shouldStop = True

    def _exc_info_to_string(self, err, test):
        """The traceback, from the test's own first line to the last that is not an assertion's."""
        kind, error, trace = err
        own = lambda frame: frame.f_code.co_filename.startswith(_FOLDER)
        while trace is not None and own(trace.tb_frame):
            trace = trace.tb_next
        if kind is test.failureException:
            last = None
            step = trace
            while step is not None and not own(step.tb_frame):
                last, step = step, step.tb_next
            if last is not None:
                last.tb_next = None
        text = "".join(traceback.TracebackException(kind, error, trace, capture_locals=self.tb_locals, compact=True).format())
        if self._kept is not None:
            for line, stream in (STDOUT_LINE, sys.stdout), (STDERR_LINE, sys.stderr):
                printed = stream.getvalue()
                if printed:
                    text += line % (printed if printed.endswith("\n") else printed + "\n")
        return text

    def __repr__(self):
        counts = f"run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}"
        return f"<{type(self).__module__}.{type(self).__qualname__} {counts}>"

