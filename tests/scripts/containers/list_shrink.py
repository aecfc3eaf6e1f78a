# remove, pop, clear, del.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

items = list(range(10))
print(items.pop(), items.pop(0), items.pop(-2), items)
items.remove(4)
print(items)
del items[0]
print(items)
del items[-1:]
print(items)
items[1:1] = ["new", "er"]
print(items)
del items[::2]
print(items)
items.clear()
print(items)
attempt(lambda: [].pop())
attempt(lambda: [1].pop(1))
attempt(lambda: [1].pop(-2))
attempt(lambda: [1].pop("a"))
attempt(lambda: [1].pop(1.0))
attempt(lambda: [1].remove(2))
attempt(lambda: [1].clear(1))
def delete(items, key):
    del items[key]
    return items
attempt(lambda: delete([1, 2], 2))
attempt(lambda: delete([1, 2], -2))
attempt(lambda: delete([1, 2], "a"))
attempt(lambda: delete([1, 2, 3, 4, 5], slice(None, None, -2)))

class Eq:
    def __init__(self, name):
        self.name = name
    def __eq__(self, other):
        print("compare", self.name)
        return self.name == "b"
    def __repr__(self):
        return self.name

names = [Eq("a"), Eq("b"), Eq("c")]
names.remove(0)
print(names)
