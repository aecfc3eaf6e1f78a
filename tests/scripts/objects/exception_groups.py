# ExceptionGroup: making, splitting, except*.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

eg = ExceptionGroup("top", [ValueError(1), TypeError("t"), ExceptionGroup("nested", [ValueError(2), KeyError("k")])])
print(eg, repr(eg), eg.message, len(eg.exceptions), eg.args[0])
match, rest = eg.split(ValueError)
print(repr(match), "|", repr(rest))
print(repr(eg.subgroup(KeyError)), eg.subgroup(OSError), eg.split(OSError)[0], eg.split(Exception)[1])
print(repr(eg.subgroup(lambda e: isinstance(e, TypeError))), repr(eg.subgroup((ValueError, KeyError))))
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__, ExceptionGroup.__mro__)
attempt(lambda: ExceptionGroup())
attempt(lambda: ExceptionGroup("m"))
attempt(lambda: ExceptionGroup(5, [ValueError()]))
attempt(lambda: ExceptionGroup("m", []))
attempt(lambda: ExceptionGroup("m", [5]))
attempt(lambda: ExceptionGroup("m", 5))
attempt(lambda: ExceptionGroup("m", [KeyboardInterrupt()]))
attempt(lambda: eg.split(5))
attempt(lambda: eg.split("x"))
class Mine(ExceptionGroup):
    def derive(self, excs):
        return Mine(self.message + "!", excs)
m = Mine("mine", [ValueError(1), KeyError(2)])
m.add_note("note")
print(repr(m.split(ValueError)), m.subgroup(ValueError).__notes__)
def run(error):
    try:
        raise error
    except* ValueError as group:
        print("values", repr(group))
    except* (TypeError, KeyError) as group:
        print("others", repr(group))
    else:
        print("else")
    finally:
        print("finally")
run(eg)
run(ValueError("alone"))
try:
    run(ExceptionGroup("partly", [ValueError(1), OSError("os")]))
except ExceptionGroup as error:
    print("left", repr(error))
def raising():
    try:
        raise ExceptionGroup("x", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise RuntimeError("from handler")
try:
    raising()
except ExceptionGroup as error:
    print(repr(error), repr(error.exceptions[0].__context__) if error.exceptions else "")
def reraise():
    try:
        raise ExceptionGroup("x", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise
    except* TypeError:
        pass
try:
    reraise()
except ExceptionGroup as error:
    print(repr(error))
try:
    try:
        pass
    except* ValueError:
        print("never")
    else:
        print("no exception")
finally:
    print("end")
