"""traceback."""
import io
import traceback


def inner():
    raise ValueError("deep")


def outer():
    try:
        inner()
    except ValueError as e:
        raise KeyError("outer") from e


try:
    outer()
except KeyError as e:
    exc = e
print(traceback.format_exception_only(exc), traceback.format_exception_only(type(exc), exc))
lines = "".join(traceback.format_exception(exc))
print(lines.count("Traceback (most recent call last):"), "direct cause" in lines, lines.splitlines()[-1])
print([frame.name for frame in traceback.extract_tb(exc.__traceback__)], [f.lineno for f in traceback.extract_tb(exc.__traceback__)])
try:
    1 / 0
except ZeroDivisionError:
    text = traceback.format_exc()
    out = io.StringIO()
    traceback.print_exc(file=out)
print(text.splitlines()[-1], out.getvalue() == text)
noted = ValueError("x")
noted.add_note("a note")
print(traceback.format_exception_only(noted))
te = traceback.TracebackException.from_exception(exc)
print(str(te), te.exc_type.__name__, str(te.__cause__))
print(traceback.format_exception_only(ValueError()), traceback.format_exc())
