# index, count, in.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

items = [1, 2, 3, 2, 1, 2.0, True]
print(items.count(2), items.count(1), items.count("x"))
print(items.index(2), items.index(2, 2), items.index(2, 4, 6), items.index(1, -3))
print(2 in items, "x" in items, None not in items)
attempt(lambda: items.index(9))
attempt(lambda: items.index(3, 3))
attempt(lambda: items.index(3, 0, 2))
attempt(lambda: items.index("a"))
attempt(lambda: items.index())
attempt(lambda: items.index(1, "a"))
nan = float("nan")
print(nan in [nan], [nan].count(nan), [nan].index(nan))

class Shrinks:
    def __init__(self, items):
        self.items = items
    def __eq__(self, other):
        self.items.clear()
        return False
mine = []
mine += [Shrinks(mine), 1, 2]
print(mine.count(5), mine)
mine += [Shrinks(mine), 1, 2]
try:
    mine.index(5)
except ValueError as error:
    print("ValueError", error)
mine += [Shrinks(mine), 1, 2]
print(5 in mine)
