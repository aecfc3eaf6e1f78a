# raise ... from, contexts, suppression, notes.
def show(error, depth=0):
    while error is not None:
        print("  " * depth + repr(error), "cause", repr(error.__cause__), "context", repr(error.__context__), error.__suppress_context__)
        error = error.__cause__ or error.__context__
        depth += 1
try:
    try:
        1 / 0
    except ZeroDivisionError as inner:
        raise ValueError("outer") from inner
except ValueError as error:
    show(error)
try:
    try:
        {}["k"]
    except KeyError:
        raise TypeError("while handling")
except TypeError as error:
    show(error)
try:
    try:
        {}["k"]
    except KeyError:
        raise TypeError("hidden") from None
except TypeError as error:
    show(error)
try:
    raise ValueError from KeyError
except ValueError as error:
    show(error)
try:
    raise ValueError from 5
except TypeError as error:
    print(error)
error = ValueError("a")
error.__cause__ = KeyError("c")
error.__context__ = TypeError("x")
show(error)
for name, value in (("__cause__", 5), ("__context__", "x"), ("__traceback__", 1), ("__suppress_context__", 1), ("args", 5)):
    try:
        setattr(error, name, value)
    except TypeError as problem:
        print(name, problem)
error.args = [1, 2]
print(error.args, error, repr(error))
error.add_note("first")
error.add_note("second")
print(error.__notes__)
try:
    error.add_note(5)
except TypeError as problem:
    print(problem)
try:
    raise error.with_traceback(None)
except ValueError as same:
    print(same is error, same.__traceback__ is not None)
def loop_of_contexts():
    a, b = ValueError("a"), ValueError("b")
    try:
        try:
            raise a
        except ValueError:
            raise b
    except ValueError:
        try:
            raise a
        except ValueError as last:
            return last, last.__context__, last.__context__.__context__
print(loop_of_contexts())
def finally_context():
    try:
        raise ValueError("in try")
    finally:
        raise KeyError("in finally")
try:
    finally_context()
except KeyError as error:
    show(error)
class Cleanup:
    def __enter__(self):
        return self
    def __exit__(self, *details):
        raise OSError("from exit")
try:
    with Cleanup():
        raise ValueError("from body")
except OSError as error:
    show(error)
try:
    raise ExceptionGroup("g", [ValueError(1)]) from TypeError("t")
except ExceptionGroup as error:
    show(error)
