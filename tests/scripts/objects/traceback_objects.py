"""Tracebacks are objects with an identity: each frame has its own, and what a script cuts off stays cut."""
import sys
import traceback
import types


def print(*values, end="\n"):
    """Without the folder that the script is in."""
    sys.stdout.write(" ".join(map(str, values)).replace(__file__, "script") + end)

def inner():
    raise ValueError("inner")


def middle():
    inner()


def caught():
    try:
        middle()
    except ValueError as error:
        return error


error = caught()
first = error.__traceback__
print(first is error.__traceback__, first.tb_next is first.tb_next, first.tb_next.tb_next.tb_next)
print([first.tb_lineno, first.tb_next.tb_lineno, first.tb_next.tb_next.tb_lineno])

try:
    raise error
except ValueError as again:
    print(again.__traceback__ is first, again.__traceback__.tb_next is first)
    print(len(traceback.extract_tb(again.__traceback__)))

first.tb_next = None
print([step.name for step in traceback.extract_tb(error.__traceback__)])
print("".join(traceback.format_exception(error)))

other = caught()
last = other.__traceback__.tb_next.tb_next
other.__traceback__.tb_next = last
print([step.name for step in traceback.extract_tb(other.__traceback__)])
try:
    last.tb_next = other.__traceback__
except ValueError as problem:
    print(problem)
try:
    last.tb_next = 3
except TypeError as problem:
    print(problem)

made = types.TracebackType(None, last.tb_frame, last.tb_lasti, 6)
print(made.tb_next, made.tb_lineno, made.tb_frame is last.tb_frame)
two = types.TracebackType(made, first.tb_frame, first.tb_lasti, first.tb_lineno)
print(two.tb_next is made)
try:
    raise KeyError("made").with_traceback(two)
except KeyError as problem:
    print([(step.name, step.lineno) for step in traceback.extract_tb(problem.__traceback__)])
for arguments in (), (1, last.tb_frame, 1, 1), (None, None, 1, 1), (None, last.tb_frame, "x", 1):
    try:
        types.TracebackType(*arguments)
    except TypeError as problem:
        print(problem)


class Cut(Exception):
    """Goes without the frames that it passed through at first."""


try:
    try:
        middle()
    except ValueError as problem:
        raise Cut from problem.with_traceback(None)
except Cut as problem:
    print(problem.__cause__.__traceback__)
first.tb_next = last
raise error
