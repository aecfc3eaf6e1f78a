"""Weak references of garbage are emptied before finalizers run, and their callbacks called."""
import gc
import weakref

log = []


class Node:
    pass


def pair():
    a, b = Node(), Node()
    a.other, b.other = b, a
    return weakref.ref(a, lambda r: log.append("a gone")), weakref.ref(b)


ra, rb = pair()
print(ra() is not None, rb() is not None, log)
gc.collect()
print(ra(), rb(), log)
