# Exceptions made with odd arguments.
def attempt(act):
    try:
        print(act())
    except BaseException as error:
        print(type(error).__name__, error)

attempt(lambda: ValueError(1).__reduce__())
attempt(lambda: ValueError().with_traceback(5))
attempt(lambda: StopIteration(1, 2).value)
attempt(lambda: KeyError("a\nb"))
attempt(lambda: str(KeyError("a\nb")))
attempt(lambda: OSError(2).errno)
attempt(lambda: OSError("a", "b").strerror)
attempt(lambda: str(OSError(2, "x", "f", None, "g")))
attempt(lambda: str(SyntaxError("a", ("f", 1, 2, "t"))))
attempt(lambda: SyntaxError("a", (1, 2)))
attempt(lambda: UnicodeDecodeError("a", 1, 2, 3, 4))
