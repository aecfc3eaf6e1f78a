# Exception classes: args, str, repr, hierarchy, classes of scripts.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

for error in (ValueError(), ValueError("one"), ValueError("one", 2), ValueError(None), KeyError("k"), KeyError(), KeyError(1, 2), IndexError("i"),
              StopIteration(5), StopIteration(), SystemExit(3), SystemExit(), SystemExit(1, 2), RuntimeError({"a": 1}), AssertionError("msg"), Exception([1])):
    print(repr(error), "|", str(error), "|", error.args)
print(StopIteration(5).value, StopIteration().value, SystemExit(3).code, SystemExit().code, SystemExit(1, 2).code)
class Custom(Exception):
    """doc"""
class WithInit(ValueError):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
class WithStr(Exception):
    def __str__(self):
        return "custom text"
class NoSuper(Exception):
    def __init__(self, a, b):
        self.a = a
print(repr(Custom("x")), str(Custom("x")), Custom.__mro__, Custom().__doc__)
w = WithInit(5, "msg")
print(w.code, w, repr(w), w.args)
print(WithStr("hidden"), repr(WithStr("hidden")), NoSuper(1, 2).args, repr(NoSuper(1, 2)))
attempt(lambda: WithInit())
attempt(lambda: ValueError(x=1))
attempt(lambda: Custom(x=1))
print(issubclass(KeyError, LookupError), issubclass(ZeroDivisionError, ArithmeticError), issubclass(FileNotFoundError, OSError), issubclass(ModuleNotFoundError, ImportError), issubclass(RecursionError, RuntimeError), issubclass(UnicodeDecodeError, ValueError), issubclass(StopIteration, Exception), issubclass(SystemExit, Exception), issubclass(ExceptionGroup, Exception), IOError is OSError, EnvironmentError is OSError)
i = ImportError("message", name="n", path="p")
print(i, i.name, i.path, i.msg, repr(i), ImportError().name, ImportError("a", "b").msg)
attempt(lambda: ImportError("a", wrong=1))
a = AttributeError("m", name="nm", obj=5)
print(a.name, a.obj, a, NameError("n", name="x").name, NameError().name)
o = OSError(2, "No such file", "f.txt")
print(o, type(o).__name__, o.errno, o.strerror, o.filename, o.args, repr(o))
print(OSError("only"), OSError("only").errno, OSError(5, "io"), OSError(5, "io").args, OSError(17, "e", "a", None, "b"), OSError(17, "e", "a", None, "b").filename2, type(OSError(13, "p")).__name__, type(OSError(11, "p")).__name__, OSError(), PermissionError(1, "x").errno)
s = SyntaxError("bad", ("file.py", 3, 5, "text line", 3, 8))
print(s, s.msg, s.filename, s.lineno, s.offset, s.text, s.end_lineno, s.end_offset, SyntaxError("only"), SyntaxError().msg)
u = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad byte")
print(u, u.encoding, u.object, u.start, u.end, u.reason)
print(UnicodeEncodeError("ascii", "é", 0, 1, "not ascii"))
attempt(lambda: UnicodeDecodeError("utf-8"))
try:
    b"\xff".decode()
except UnicodeDecodeError as error:
    print(error.start, error.reason, error.encoding)
try:
    [].nothing
except AttributeError as error:
    print(error.name, error.obj)
try:
    undefined_name
except NameError as error:
    print(error.name)
try:
    import no_such_module_here
except ImportError as error:
    print(error.name, error.msg)
e = ValueError("same")
print(e == ValueError("same"), e == e, hash(e) == hash(e), isinstance(e, Exception))
e.custom = 1
print(e.custom, e.__dict__)
class Both(ValueError, KeyError):
    pass
attempt(lambda: 1 / 0)
try:
    raise Both("b")
except KeyError as error:
    print("as KeyError", error)
