"""The patterns that leave objects behind, counted by type with DEBUG_SAVEALL."""
import gc
from collections import Counter


def counted(name, act):
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    act()
    gc.collect()
    gc.set_debug(0)
    print(name, sorted(Counter(type(o).__name__ for o in gc.garbage).items()))
    gc.garbage.clear()
    gc.collect()


def returned_generator():
    def walk(n):
        if n:
            yield n
            yield from walk(n - 1)

    return walk(3)


def clears_itself():
    def walk(n):
        if n:
            yield n
            yield from walk(n - 1)

    yield from walk(3)
    walk = None


def factory():
    def walk(n):
        if n:
            yield n
            yield from walk(n - 1)

    return walk


class Walker:
    def walk(self, n):
        if n:
            yield n
            yield from self.walk(n - 1)


def namespace():
    count = 0

    def add(n):
        nonlocal count
        count += n
        return show()

    def show():
        return count, add

    return add, show


class Element:
    def __init__(self):
        self.children, self.parent = [], None

    def append(self, child):
        child.parent = self
        self.children.append(child)

    def unlink(self):
        self.parent = None
        for child in self.children:
            child.unlink()
        self.children = []


def tree(unlinks):
    root = Element()
    for _ in range(3):
        child = Element()
        root.append(child)
        child.append(Element())
    if unlinks:
        root.unlink()


counted("returned running", lambda: list(returned_generator()))
counted("clears its locals", lambda: list(clears_itself()))
counted("factory", lambda: list(factory()(3)))
counted("class", lambda: list(Walker().walk(3)))
counted("namespace of closures", lambda: namespace()[0](1))
counted("tree dropped", lambda: tree(False))
counted("tree unlinked", lambda: tree(True))
