# Builtin functions that go over generators: the order of what both sides do, early ends, exceptions, nesting.
import gc
import sys


class Noisy:
    def __init__(self, n):
        self.n = n

    def __radd__(self, other):
        print("radd", other, self.n)
        return Noisy(other + self.n)

    def __add__(self, other):
        print("add", self.n, other)
        return Noisy(self.n + (other.n if isinstance(other, Noisy) else other))

    def __lt__(self, other):
        print("lt", self.n, other)
        return self.n < (other.n if isinstance(other, Noisy) else other)

    def __gt__(self, other):
        print("gt", self.n, other)
        return self.n > (other.n if isinstance(other, Noisy) else other)

    def __bool__(self):
        print("bool", self.n)
        return self.n > 2

    def __repr__(self):
        return f"N{self.n}"


def told(items):
    for item in items:
        print("yield", item)
        yield item
    print("end")


print(sum(told([1, 2.5, Noisy(3), 4])))
print(sum(told([True, False, True, 2**46, 2**46, 2**46, 2**70])))
print(sum(told([0.5, True, 3, -0.0])), sum(told([])), sum(told([[1], [2]]), []))
print(any(told([0, "", Noisy(1), Noisy(3), Noisy(4)])))
print(all(told([1, "x", Noisy(3), Noisy(1), 5])))
print(min(told([3, 1.0, 1, Noisy(0), 2])), max(told([3, 7.0, 7, Noisy(9), 2])))
nan = float("nan")
print(min(told([nan, 1.0])), max(told([1.0, nan, 2.0])), min(told([1, 1.0, True])), max(told([True, 1.0, 1])))
print(list(told("ab")), tuple(told("cd")), sorted(told([3, 1, 2])), "-".join(told("xyz")))

# A generator that was left early goes on where it was.
g = told(range(6))
print(any(x == 2 for x in g), next(g), sum(g), list(g), min(g, default="none"))

# What the generator sees of its own yields.
def answers():
    got = yield 1
    print("got", got)
    got = [(yield 2), (yield 3)]
    print("got", got)


print(sum(answers()), list(answers()))


# An exception on the way out, and one that is being handled while items are yielded.
def failing():
    yield 1
    yield 2
    raise KeyError("gone")


for use in (sum, list, any, all, min, max, tuple, sorted, set):
    try:
        print(use(failing()))
    except KeyError as e:
        print(use.__name__, "KeyError", e, e.__context__)


def handling():
    try:
        raise ValueError("inner")
    except ValueError:
        yield 1
        yield sys.exc_info()[0] is ValueError
    yield sys.exc_info()[0]


print(list(handling()), sys.exc_info())
try:
    raise TypeError("outer")
except TypeError:
    print(list(handling()), sys.exc_info()[0])


def bad_sum():
    try:
        yield 1
        yield "a"
    finally:
        print("closed")


try:
    sum(bad_sum())
except TypeError as e:
    print(e)
try:
    max(bad_sum())
except TypeError as e:
    print(e)


# Folds in folds, and one that goes over itself.
print(sum(sum(x * y for x in range(4)) for y in range(4)), [list(range(sum(1 for _ in range(k)))) for k in range(3)])


def own():
    yield sum(me)


me = own()
try:
    print(list(me))
except ValueError as e:
    print(e)


def collects():
    for k in range(300):
        if k % 100 == 0:
            gc.collect()
        yield [k]


print(len(list(collects())), sum(len(x) for x in collects()), max(collects()))


# A list sees items arrive; lists that change while they are summed.
seen = []
def arriving():
    for k in range(3):
        print(len(seen))
        yield k


seen.extend(arriving())
print(seen)
grows = [1, 2]


class Grower(int):
    def __radd__(self, other):
        if len(grows) < 6:
            grows.append(Grower(1))
        return other + 10


grows.append(Grower(1))
print(sum(grows), len(grows))


def deep(n):
    return sum(deep(n - 1) for _ in range(1)) + 1 if n else 0


print(deep(50))
try:
    deep(100000)
except RecursionError as e:
    print("RecursionError")
