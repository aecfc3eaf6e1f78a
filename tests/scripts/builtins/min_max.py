# min and max.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print(min(3, 1, 2), max(3, 1, 2), min([5, 4]), max("hello"), min({3: 1, 2: 2}), max((x for x in (1, 5, 3))))
print(min([], default=None), max([], default="none"), min([1], default=9), max([1, 2, 3], key=lambda x: -x), min("bb", "a", key=len), max("bb", "a", "cc", key=len))
print(max([(1, "a"), (1, "b")]), min([1, 1.0, True]), max([1, 1.0, True]), max(2.5, 2), min(-0.0, 0.0), max(1, True))
print(max([3, 1], key=None), max(range(10), key=lambda n: n % 4))
attempt(lambda: max([]))
attempt(lambda: min())
attempt(lambda: min(1))
attempt(lambda: max(1, "a"))
attempt(lambda: max(1, 2, default=3))
attempt(lambda: max([1], wrong=2))
attempt(lambda: max([1, 2], key=5))
nan = float("nan")
print(max(1, nan), max(nan, 1), min(2.0, nan))
class C:
    def __init__(self, n):
        self.n = n
    def __gt__(self, other):
        return self.n > other.n
    def __lt__(self, other):
        return self.n < other.n
print(max(C(1), C(3), C(2)).n, min([C(4), C(2)]).n)
