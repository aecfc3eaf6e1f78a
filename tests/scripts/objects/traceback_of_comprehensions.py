# A comprehension has a frame of its own in a traceback, though it runs in the one around it.
import traceback


def show(make):
    try:
        make()
    except Exception as error:
        for entry in traceback.extract_tb(error.__traceback__)[1:]:
            print(entry.name, entry.lineno, entry.line)
        print(type(error).__name__, error)


def plain(items): return [1 / item for item in items]
def nested(items): return [[1 / x for x in item] for item in items]
def others(items): return {1 / item for item in items} or {item: 1 / item for item in items}
def first(items): return [item for item in items.missing]
def iterated(items): return [x for item in items for x in item]
def generator(items): return list(1 / item for item in items)
def guarded(items):
    try:
        return [1 / item for item in items]
    finally:
        print("finally")


class Body:
    try:
        made = [1 / item for item in (1, 0)]
    except ZeroDivisionError as error:
        names = [entry.name for entry in traceback.extract_tb(error.__traceback__)]


print(Body.names)
show(lambda: plain([1, 0]))
show(lambda: nested([[1], [0]]))
show(lambda: others([0]))
show(lambda: first([1]))
show(lambda: iterated([5]))
show(lambda: plain(5))
show(lambda: generator([0]))
show(lambda: guarded([0]))
value = {key: [1 / number for number in (2, 1, 0)]
         for key in "ab"}
