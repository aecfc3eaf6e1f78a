# What exceptions carry: args, str, repr, attributes of the builtin ones, subclasses.
def show(make):
    try:
        print(repr(make()))
    except BaseException as error:
        print(type(error).__name__, error)


for e in [ValueError(), ValueError("a"), ValueError("a", 2), ValueError(None), ValueError([1]), KeyError(), KeyError("k"), KeyError("k", 1), KeyError(1), IndexError(5), StopIteration(), StopIteration(3), StopIteration(1, 2), SystemExit(), SystemExit(3), SystemExit("text"), OSError(), OSError(2), OSError(2, "text"), OSError(2, "text", "file"), OSError(13, "x"), OSError(99999, "x"), FileNotFoundError("f"), UnicodeDecodeError("utf-8", b"ab\xff", 2, 3, "bad"), UnicodeEncodeError("ascii", "aé", 1, 2, "bad"), UnicodeEncodeError("ascii", "aéé", 1, 3, "bad"), ImportError("m", name="n", path="p"), AttributeError("m", name="n", obj=1), NameError("m", name="n"), SyntaxError(), SyntaxError("m"), SyntaxError("m", ("f", 1, 2, "text")), SyntaxError("m", ("f", 1, 2, "text", 1, 5)), ExceptionGroup("g", [ValueError(1)]), BaseException(1), GeneratorExit(), KeyboardInterrupt("k"), AssertionError(("t",)), Exception("multi\nline")]:
    print(type(e).__name__, repr(e), "|", str(e), "|", e.args)
e = StopIteration(5)
print(e.value)
print(SystemExit(4).code, SystemExit(1, 2).code, SystemExit().code)
e = OSError(2, "text", "file", None, "file2")
print(e.errno, e.strerror, e.filename, e.filename2, e.args, str(e), type(e).__name__)
e = UnicodeDecodeError("utf-8", b"ab\xff", 2, 3, "bad")
print(e.encoding, e.object, e.start, e.end, e.reason)
e = SyntaxError("m", ("f", 1, 2, "text", 1, 5))
print(e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset)
e = ImportError("m", name="n", path="p")
print(e.msg, e.name, e.path)
show(lambda: ValueError(x=1))
show(lambda: ImportError(x=1))
show(lambda: AttributeError(1, 2, nme=3))
show(lambda: UnicodeDecodeError(1))
show(lambda: SyntaxError("m", 5))
show(lambda: SyntaxError("m", (1, 2)))
show(lambda: ExceptionGroup("g", []))
show(lambda: ExceptionGroup("g", 5))
show(lambda: ExceptionGroup("g", [5]))
show(lambda: ExceptionGroup("g", [KeyboardInterrupt()]))
show(lambda: type(BaseExceptionGroup("g", [ValueError()])).__name__)
show(lambda: BaseException.__new__(ValueError, 1, 2).args)


class Custom(Exception):
    def __init__(self, a, b):
        self.a, self.b = a, b


class Super(Exception):
    def __init__(self, a):
        super().__init__(a, "extra")


class Text(Exception):
    def __str__(self): return "own text"


class Plain(ValueError):
    code = 5


for e in [Custom(1, 2), Super(1), Text(1), Plain("p")]:
    print(repr(e), str(e), e.args)
show(lambda: Custom(1))
e = ValueError("a")
e.args = (1, 2, 3)
print(repr(e), str(e))
show(lambda: setattr(e, "args", 5))
e.args = [7]
print(e.args)
e.note = "attribute"
print(e.__dict__)
e.add_note("n1")
e.add_note("n2")
print(e.__notes__)
show(lambda: e.add_note(5))
show(lambda: setattr(e, "__cause__", 5))
show(lambda: setattr(e, "__context__", 5))
show(lambda: setattr(e, "__traceback__", 5))
show(lambda: setattr(e, "__suppress_context__", 5))
show(lambda: e.with_traceback(5))
show(lambda: e.with_traceback(None) is e)
e.__cause__ = KeyError()
print(e.__suppress_context__, repr(e.__cause__), e.__context__)
e.__cause__ = None
print(e.__suppress_context__)


def raising(what):
    raise what


show(lambda: raising(5))
show(lambda: raising("text"))
show(lambda: raising(None))
show(lambda: raising(ValueError))
show(lambda: raising(int))
show(lambda: raising(Custom))
show(lambda: raising(KeyError("x")))
try:
    raise ValueError from KeyError
except ValueError as error:
    print(repr(error), repr(error.__cause__))
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise
except ArithmeticError as error:
    print(error.__context__, error.__cause__)
try:
    raise
except RuntimeError as error:
    print(error)
print(ValueError("a") == ValueError("a"), hash(e) == hash(e), issubclass(IOError, OSError), IOError is OSError, EnvironmentError is OSError)
print([c.__name__ for c in ModuleNotFoundError.__mro__], FileNotFoundError.__base__.__name__, RecursionError.__base__.__name__)
