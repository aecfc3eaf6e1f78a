# Sorting by methods of scripts: which are called, and what happens if they misbehave.
class Number:
    calls = 0
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        Number.calls += 1
        return self.n < other.n
    def __repr__(self):
        return f"N{self.n}"

items = [Number(n) for n in (5, 2, 8, 1, 9, 3)]
items.sort()
print(items, Number.calls)
Number.calls = 0
items.sort(reverse=True)
print(items, Number.calls)

log = []
class Logged:
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        log.append((self.n, other.n))
        return self.n < other.n
sorted([Logged(n) for n in (3, 1, 2, 5, 4)])
print(log)

class Bomb:
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        if self.n == 3:
            raise RuntimeError("boom")
        return self.n < other.n
bombs = [Bomb(n) for n in (1, 5, 4, 3, 2)]
try:
    bombs.sort()
except RuntimeError as error:
    print(error, sorted(b.n for b in bombs))

def key(n):
    if n == 2:
        raise KeyError(n)
    return -n
numbers = [1, 3, 2, 4]
try:
    numbers.sort(key=key)
except KeyError as error:
    print("KeyError", error, numbers)

meddled = [3, 1, 2]
def append(n):
    meddled.append(9)
    return n
try:
    meddled.sort(key=append)
except ValueError as error:
    print(error, meddled)

peeked = [3, 1, 2]
def peek(n):
    print("inside", peeked, len(peeked))
    return n
peeked.sort(key=peek)
print(peeked)
nan = float("nan")
print(sorted([3.0, nan, 1.0, 2.0, nan, 0.5]))
print(sorted([3, nan, 1, 2]), sorted([nan, 2, 1], reverse=True))
