"""Context managers from contextlib."""
import io
import sys
from contextlib import ContextDecorator, ExitStack, closing, contextmanager, nullcontext, redirect_stderr, redirect_stdout, suppress


@contextmanager
def tag(name):
    print("enter", name)
    try:
        yield name.upper()
    except KeyError as e:
        print("handled", e)
    finally:
        print("exit", name)


with tag("a") as t:
    print(t)
with tag("b"):
    raise KeyError("k")
try:
    with tag("c"):
        raise ValueError("v")
except ValueError as e:
    print("out", e)


@tag("deco")
def f():
    return 5


print(f(), f())
with suppress(ZeroDivisionError, KeyError):
    1 / 0
with ExitStack() as stack:
    names = [stack.enter_context(tag(n)) for n in "xy"]
    stack.callback(print, "callback", 1)
    print(names)
out = io.StringIO()
with redirect_stdout(out):
    print("hidden")
print(repr(out.getvalue()))
err = io.StringIO()
with redirect_stderr(err):
    print("err", file=sys.stderr)
print(repr(err.getvalue()))


class Thing:
    def close(self):
        print("closed")


with closing(Thing()) as thing:
    pass
with nullcontext(3) as n:
    print(n)


@contextmanager
def never():
    if False:
        yield


@contextmanager
def twice():
    yield
    yield


for manager in (never, twice):
    try:
        with manager():
            pass
    except RuntimeError as e:
        print(e)
with ExitStack() as stack:
    stack.push(lambda *exc: print("saw", exc[0]) or True)
    raise ValueError
try:
    with ExitStack() as stack:
        stack.callback(lambda: 1 / 0)
        raise KeyError("first")
except ZeroDivisionError as e:
    print(e, repr(e.__context__))
stack = ExitStack()
stack.callback(print, "later")
moved = stack.pop_all()
stack.close()
moved.close()
try:
    stack.enter_context(3)
except TypeError as e:
    print(e)
