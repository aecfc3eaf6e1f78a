# append, extend, insert, += and what they do to the list that they are given.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

items = []
print(items.append(1), items)
items.extend([2, 3])
items.extend("ab")
items.extend(x for x in (7, 8))
print(items)
items.insert(0, "first")
items.insert(100, "last")
items.insert(-1, "before last")
items.insert(-100, "very first")
print(items)
twice = [1, 2]
twice.extend(twice)
print(twice)
alias = twice
twice += (9,)
print(alias, alias is twice)
twice += twice
print(alias)
attempt(lambda: [].append())
attempt(lambda: [].append(1, 2))
attempt(lambda: [].append(x=1))
attempt(lambda: [].extend(5))
attempt(lambda: [].insert(1))
attempt(lambda: [].insert("a", 1))
def plus():
    x = [1]
    x += 5
    return x
attempt(plus)
attempt(lambda: [1] + (2,))
attempt(lambda: [1] + 2)

class Seen:
    def __init__(self, items):
        self.items = items
    def __iter__(self):
        for i in range(3):
            yield (i, len(self.items))

seen = []
seen.extend(Seen(seen))
print(seen)

def broken():
    yield 1
    yield 2
    raise ValueError("stop")

partial = [0]
try:
    partial.extend(broken())
except ValueError as error:
    print(partial, error)
