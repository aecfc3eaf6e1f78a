# Larger sorts with comparisons by scripts give a stable order, whatever runs they find.
class Item:
    def __init__(self, key, place):
        self.key = key
        self.place = place
    def __lt__(self, other):
        return self.key < other.key

def check(keys):
    items = [Item(key, place) for place, key in enumerate(keys)]
    items.sort()
    good = all((a.key, a.place) < (b.key, b.place) for a, b in zip(items, items[1:]))
    items = [Item(key, place) for place, key in enumerate(keys)]
    items.sort(reverse=True)
    back = all((b.key, a.place) < (a.key, b.place) for a, b in zip(items, items[1:]))
    return good, back

state = 12345
def random():
    global state
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state >> 8

for size in (2, 10, 63, 64, 65, 100, 127, 128, 300, 1000):
    print(size, check([random() % 50 for _ in range(size)]), check(list(range(size))), check(list(range(size, 0, -1))),
          check([i // 7 for i in range(size)]), check([i % 13 for i in range(size)]))
tuples = [(random() % 5, str(random() % 9)) for _ in range(400)]
plain = sorted(tuples)
print(all(a <= b for a, b in zip(plain, plain[1:])), plain[:2], plain[-2:])
