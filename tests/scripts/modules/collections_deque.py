"""deque."""
from collections import deque

d = deque("abc")
d.append("d")
d.appendleft("z")
print(d, len(d), d[0], d[-1], "b" in d, d.count("a"), d.index("c"))
print(d.pop(), d.popleft(), d)
d.extend([1, 2])
d.extendleft([8, 9])
print(d)
d.rotate(2)
print(d)
d.rotate(-3)
d.reverse()
print(d)
d.insert(1, "new")
d.remove(1)
del d[0]
d[0] = "set"
print(d, list(reversed(d)))
b = deque(range(5), maxlen=3)
print(b, b.maxlen)
b.append(9)
b.appendleft(7)
print(b, b.copy(), b + deque([1]), deque([1]) * 3, bool(deque()))
print(deque([1, 2]) == deque([1, 2]), deque([1]) < deque([2]), deque([1]) == [1], deque([1]) != deque([2]))
b.clear()
print(b, deque() == deque())
d = deque([1])
d.append(d)
print(d)
d = deque([1, 2, 3])
d += [4]
d *= 2
print(d)
for call in (
    lambda: deque().pop(), lambda: deque().popleft(), lambda: d[99], lambda: deque(1), lambda: deque([], -1),
    lambda: d.remove(77), lambda: d.index(77), lambda: deque([1]) + [2], lambda: deque([1], 1).insert(0, 1),
):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
try:
    for x in d:
        d.append(x)
except RuntimeError as e:
    print(e)


class Queue(deque):
    def push(self, x):
        self.append(x)
        self.last = x


q = Queue([1])
q.push(5)
print(q, q.last, isinstance(q, deque), q.copy())
