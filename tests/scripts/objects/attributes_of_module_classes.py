"""Instances of scripts' subclasses of classes of modules: their `__dict__`, their slots."""
import collections
import io
import itertools
import random


class Queue(collections.deque):
    pass


class Slotted(collections.deque):
    __slots__ = ("x", "y")


queue = Queue([1])
queue.a = 1
print(queue.__dict__, vars(queue), queue.a)
queue.__dict__["b"] = 2
print(queue.b, sorted(vars(queue)))
queue.__dict__ = {"c": 3}
print(queue.c, hasattr(queue, "a"), queue)
try:
    queue.__dict__ = 5
except TypeError as error:
    print("TypeError")
slotted = Slotted([1])
slotted.x = 5
print(slotted.x)
for name in ("y", "z"):
    try:
        getattr(slotted, name)
    except AttributeError as error:
        print(error)
try:
    slotted.z = 1
except AttributeError as error:
    print(error)
del slotted.x
try:
    del slotted.x
except AttributeError as error:
    print(error)
for base in (io.StringIO, itertools.count, random.Random):
    kind = type("Kind", (base,), {"extra": 7})
    made = kind()
    made.note = "n"
    print(base.__name__, "note" in vars(made), made.note, made.extra, hasattr(kind, "__dict__"))
