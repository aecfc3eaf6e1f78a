# all, any, sum.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print(all([]), all([1, "a"]), all([1, 0]), any([]), any([0, ""]), any([0, 1]), all({}), any({0: 1}))
def numbers():
    for n in (0, 1, 2):
        print("make", n)
        yield n
print(any(numbers()))
print(all(numbers()))
print(sum([]), sum([1, 2, 3]), sum([1.5, 2]), sum(range(10), 100), sum([[1], [2]], []), sum([0.1] * 10), sum([10 ** 20, 1]), sum([True, True]))
print(sum((1, 2), start=5), sum({1: "a", 2: "b"}), sum(x * x for x in range(5)), sum([2 ** 46, 2 ** 46, 2 ** 46]), sum([(1,), (2,)], ()))
attempt(lambda: sum(["a"]))
attempt(lambda: sum(["a"], ""))
attempt(lambda: sum([b"a"], b""))
attempt(lambda: sum(5))
attempt(lambda: sum())
attempt(lambda: sum([1], "x"))
attempt(lambda: all(5))
attempt(lambda: any(None))
class V:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        return V(self.n + other.n)
    def __radd__(self, other):
        return V(self.n + other)
print(sum([V(1), V(2)]).n)
class T:
    def __bool__(self):
        return 5
attempt(lambda: any([T()]))
