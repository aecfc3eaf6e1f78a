"""Runs tests and tells of them in text."""

import sys
import time
import warnings

from . import result
from .case import _SubTest


class _Lines:
    """A stream that has lines."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        if name == "stream":
            raise AttributeError(name)
        return getattr(self.stream, name)

    def writeln(self, text=None):
        if text:
            self.write(text)
        self.write("\n")


class TextTestResult(result.TestResult):
    separator1 = "=" * 70
    separator2 = "-" * 70

    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream = stream
        self.showAll = verbosity > 1
        self.dots = verbosity == 1
        self.descriptions = descriptions
        self._new_line = True

    def getDescription(self, test):
        short = test.shortDescription()
        return f"{test}\n{short}" if self.descriptions and short else str(test)

    def _begin(self, test):
        self.stream.write(self.getDescription(test))
        self.stream.write(" ... ")
        self._new_line = False

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self._begin(test)
            self.stream.flush()

    def _tell(self, test, word, dot):
        if self.showAll:
            subtest = isinstance(test, _SubTest)
            if subtest or self._new_line:
                if not self._new_line:
                    self.stream.writeln()
                if subtest:
                    self.stream.write("  ")
                self._begin(test)
            self.stream.writeln(word)
            self._new_line = True
        elif self.dots:
            self.stream.write(dot)
        self.stream.flush()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], subtest.failureException)
            if self.showAll:
                self._tell(subtest, "FAIL" if failed else "ERROR", "")
            else:
                self._tell(subtest, "", "F" if failed else "E")
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell(test, "ok", ".")

    def addError(self, test, err):
        super().addError(test, err)
        self._tell(test, "ERROR", "E")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._tell(test, "FAIL", "F")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell(test, f"skipped {reason!r}", "s")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._tell(test, "expected failure", "x")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._tell(test, "unexpected success", "u")

    def printErrors(self):
        if self.dots or self.showAll:
            self.stream.writeln()
            self.stream.flush()
        self.printErrorList("ERROR", self.errors)
        self.printErrorList("FAIL", self.failures)
        if self.unexpectedSuccesses:
            self.stream.writeln(self.separator1)
            for test in self.unexpectedSuccesses:
                self.stream.writeln(f"UNEXPECTED SUCCESS: {self.getDescription(test)}")
            self.stream.flush()

    def printErrorList(self, flavour, errors):
        for test, text in errors:
            self.stream.writeln(self.separator1)
            self.stream.writeln(f"{flavour}: {self.getDescription(test)}")
            self.stream.writeln(self.separator2)
            self.stream.writeln(text)
            self.stream.flush()


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(
        self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None, warnings=None, *, tb_locals=False
    ):
        self.stream = _Lines(sys.stderr if stream is None else stream)
        self.descriptions = descriptions
        self.verbosity = verbosity
        self.failfast = failfast
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.warnings = warnings
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        told = self._makeResult()
        told.failfast, told.buffer, told.tb_locals = self.failfast, self.buffer, self.tb_locals
        with warnings.catch_warnings():
            if self.warnings:
                warnings.simplefilter(self.warnings)
            start = time.perf_counter()
            getattr(told, "startTestRun", lambda: None)()
            try:
                test(told)
            finally:
                getattr(told, "stopTestRun", lambda: None)()
            taken = time.perf_counter() - start
        told.printErrors()
        if hasattr(told, "separator2"):
            self.stream.writeln(told.separator2)
        self.stream.writeln("Ran %d test%s in %.3fs" % (told.testsRun, "" if told.testsRun == 1 else "s", taken))
        self.stream.writeln()
        infos = []
        if told.wasSuccessful():
            self.stream.write("OK")
        else:
            self.stream.write("FAILED")
            infos += [f"failures={len(told.failures)}"] * bool(told.failures)
            infos += [f"errors={len(told.errors)}"] * bool(told.errors)
        for words, kept in (
            ("skipped", told.skipped),
            ("expected failures", told.expectedFailures),
            ("unexpected successes", told.unexpectedSuccesses),
        ):
            if kept:
                infos.append(f"{words}={len(kept)}")
        self.stream.writeln(f" ({', '.join(infos)})" if infos else "")
        self.stream.flush()
        return told
