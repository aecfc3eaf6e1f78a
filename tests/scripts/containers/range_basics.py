# Ranges.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

for r in (range(5), range(2, 8), range(0, 10, 3), range(10, 0, -3), range(0), range(5, 1), range(-3, 3), range(0, -5, -2)):
    print(r, list(r), len(r), bool(r), r.start, r.stop, r.step, list(reversed(r)))
r = range(0, 20, 3)
print(r[0], r[-1], r[2:5], r[::-1], r[1:-1:2], r[10:], 9 in r, 10 in r, 9.0 in r, "a" in r, r.index(9), r.count(9), r.count(10))
print(range(3) == range(0, 3), range(0, 3, 2) == range(0, 4, 2), range(0) == range(2, 1), range(3) != range(4), range(3) == [0, 1, 2])
print(hash(range(3)) == hash(range(0, 3, 1)), {range(2): "r"}[range(0, 2)], repr(range(1, 2, 3)))
attempt(lambda: range())
attempt(lambda: range(1, 2, 3, 4))
attempt(lambda: range(1.0))
attempt(lambda: range("a"))
attempt(lambda: range(1, 2, 0))
attempt(lambda: range(3)[3])
attempt(lambda: range(3)["a"])
attempt(lambda: range(3).index(7))
attempt(lambda: range(3).index("a"))
attempt(lambda: range(3) < range(4))
attempt(lambda: range(3).nothing)
attempt(lambda: range(stop=3))
attempt(lambda: range(3) + range(4))
big = range(10 ** 20, 10 ** 20 + 5, 2)
print(big, list(big), big[1], 10 ** 20 + 2 in big, 10 ** 20 + 1 in big, list(reversed(big)), big[::-1], len(big))
attempt(lambda: len(range(10 ** 30)))
class I:
    def __index__(self):
        return 4
print(list(range(I())), range(I(), 9)[I()], I() in [4])
total = 0
for i in range(1, 1000, 7):
    total += i
print(total, sum(range(101)), max(range(5)), min(range(3, 9)))
print(True in range(2), range(True), range(2)[True])
it = iter(range(3))
print(next(it), it.__length_hint__(), list(it), next(it, "end"))
