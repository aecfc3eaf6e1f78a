# Sets: making, adding, removing, printing in CPython's order for numbers.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print(set(), {1, 2, 3}, set([3, 1, 2, 3]), {1, 1.0, True}, frozenset([1]), frozenset())
print({5, 3, 8, 1}, set(range(10, 0, -1)), {100, 33, 17, 8, 64}, {-1, -2, -3}, {0.5, 2, 1.5})
print(set(range(0, 100, 7)), {2 ** 40, 1, 2 ** 50}, {x % 5 for x in range(20)})
s = {1, 2}
s.add(3)
s.add(2)
print(s, len(s), 3 in s, 9 in s, [1] == s)
s.discard(9)
s.discard(1)
s.remove(2)
print(s, s.pop(), s)
attempt(lambda: s.pop())
attempt(lambda: s.remove(1))
attempt(lambda: s.add([]))
attempt(lambda: s.add({}))
attempt(lambda: {[]})
attempt(lambda: set(5))
attempt(lambda: set(1, 2))
attempt(lambda: set(x=1))
attempt(lambda: s.add())
attempt(lambda: s[0])
attempt(lambda: hash(s))
attempt(lambda: {set()})
attempt(lambda: [] in s)
inner = {frozenset({1, 2}), 3}
print({1, 2} in inner, {1} in inner)
inner.remove({1, 2})
print(inner)
attempt(lambda: inner.remove({5}))
order = set()
for n in (17, 33, 1, 9, 25):
    order.add(n)
    print(order, end=" ")
print()
for n in range(50):
    order.add(n * 3)
print(order)
while order:
    print(order.pop(), end=" ")
print()
