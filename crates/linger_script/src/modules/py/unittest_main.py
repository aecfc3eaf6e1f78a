"""The program that runs the tests of a module: `unittest.main()`."""

import sys

from . import loader, runner


class TestProgram:
    def __init__(
        self,
        module="__main__",
        defaultTest=None,
        argv=None,
        testRunner=None,
        testLoader=loader.defaultTestLoader,
        exit=True,
        verbosity=1,
        failfast=None,
        catchbreak=None,
        buffer=None,
        warnings=None,
        *,
        tb_locals=False,
    ):
        if isinstance(module, str):
            __import__(module)
            self.module = sys.modules[module]
        else:
            self.module = module
        self.verbosity = verbosity
        self.failfast = failfast
        self.buffer = buffer
        self.warnings = "default" if warnings is None and not sys.warnoptions else warnings
        self.tb_locals = tb_locals
        self.testLoader = testLoader
        names = self._read(sys.argv if argv is None else argv)
        if not names and defaultTest is not None:
            names = [defaultTest] if isinstance(defaultTest, str) else list(defaultTest)
        self.test = testLoader.loadTestsFromNames(names, self.module) if names else testLoader.loadTestsFromModule(self.module)
        self._run(testRunner, exit)

    def _read(self, argv):
        """The names among the program's arguments; its options are taken."""
        names = []
        rest = iter(argv[1:])
        for argument in rest:
            if argument in ("-v", "--verbose"):
                self.verbosity = 2
            elif argument in ("-q", "--quiet"):
                self.verbosity = 0
            elif argument in ("-f", "--failfast"):
                self.failfast = True
            elif argument in ("-b", "--buffer"):
                self.buffer = True
            elif argument == "--locals":
                self.tb_locals = True
            elif argument == "-k":
                pattern = next(rest, "")
                pattern = pattern if "*" in pattern else f"*{pattern}*"
                self.testLoader.testNamePatterns = [*(self.testLoader.testNamePatterns or ()), pattern]
            elif argument in ("-c", "--catch"):
                pass
            elif argument.startswith("-"):
                print(f"usage: {argv[0]} [-v] [-q] [-f] [-b] [-k PATTERN] [--locals] [TEST...]", file=sys.stderr)
                sys.exit(2)
            else:
                names.append(argument)
        return names

    def _run(self, make, exit):
        if make is None:
            make = runner.TextTestRunner
        if isinstance(make, type):
            make = make(
                verbosity=self.verbosity,
                failfast=bool(self.failfast),
                buffer=bool(self.buffer),
                warnings=self.warnings,
                tb_locals=self.tb_locals,
            )
        self.result = make.run(self.test)
        if exit:
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
