# Heaps, searches and sets in which some comparisons need a script and others don't: the order of the questions, and what results.
import bisect
import heapq
import random


class Asked:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        print(self, "<", other)
        return self.n < (other.n if isinstance(other, Asked) else other)

    def __gt__(self, other):
        print(self, ">", other)
        return self.n > (other.n if isinstance(other, Asked) else other)

    def __repr__(self):
        return f"A{self.n}"


r = random.Random(5)
mixed = [r.choice((Asked, int, float))(r.randrange(20)) for _ in range(14)]
heap = []
for item in mixed:
    heapq.heappush(heap, item)
print(heap)
print([heapq.heappop(heap) for _ in range(len(heap))])
heap = mixed[:]
heapq.heapify(heap)
print(heap, heapq.heappushpop(heap, Asked(3)), heapq.heapreplace(heap, 2), heap)
print(heapq.nlargest(3, mixed), heapq.nsmallest(3, mixed))

plain = [(r.randrange(5), r.random(), "abc"[r.randrange(3)]) for _ in range(60)]
heap = []
for item in plain:
    heapq.heappush(heap, item)
print([heapq.heappop(heap) for _ in plain] == sorted(plain))
nans = [float("nan"), 3.0, 1.0, float("nan"), 2.0, 0.5]
heapq.heapify(nans)
print(nans, [heapq.heappop(nans) for _ in range(6)])


class Shrinks:
    def __init__(self, victim):
        self.victim = victim

    def __lt__(self, other):
        self.victim.clear()
        return True


for act in (heapq.heapify, heapq.heappop, lambda heap: heapq.heappush(heap, 1)):
    victim = [5, 4, 3]
    victim += [Shrinks(victim) for _ in range(4)]
    try:
        act(victim)
        print(victim)
    except (RuntimeError, IndexError, TypeError) as e:
        print(type(e).__name__, e)

ordered = [1, 2, 2, Asked(3), 4, 4.0, 5]
for x in (0, 2, Asked(3), 3.5, 4, 9):
    print(bisect.bisect_left(ordered, x), bisect.bisect_right(ordered, x))
bisect.insort(ordered, 4)
bisect.insort_left(ordered, 2)
print(ordered)
for args in ((1, 3), ("ab", "c"), ([1], 2, 5), ([1, 2], 2, 0, 9)):
    try:
        print(bisect.bisect(*args))
    except (TypeError, IndexError) as e:
        print(type(e).__name__, e)


class Kept(list):
    def insert(self, at, item):
        print("insert", at, item)
        super().insert(at, item)


kept = Kept([1, 3])
bisect.insort(kept, 2)
print(kept)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 3

    def __eq__(self, other):
        print(self, "==", other)
        return isinstance(other, Key) and self.n == other.n

    def __repr__(self):
        return f"K{self.n}"


a, b = {Key(1), Key(2), 7, 8}, {Key(4), Key(2), 8, 9}
print(sorted(map(str, a & b)), sorted(map(str, a - b)), sorted(map(str, a ^ b)), sorted(map(str, a | b)))
print({1, 2, 3} & {2.0, 3, True}, {1, 2, 3} - {2.0}, set(range(10)) - set(range(5, 20)), set() & {1}, {1} - set())
print(sorted(frozenset("abc") & set("bcd")), type(frozenset("ab") - set("a")), {1, 2} & {1: 0}.keys(), {1, 2} - {1: 0}.keys())

# Slices with steps, of lists that a bound shortens.
class Bound:
    def __init__(self, of, at):
        self.of, self.at = of, at

    def __index__(self):
        del self.of[4:]
        return self.at


l = list(range(10))
print(l[::-1], l[8:2:-2], l[::3], tuple(l)[::-1], tuple(l)[7:1:-3], "abcdef"[::-1], "abcdef"[4:0:-2], "ab\xe9d"[::-1], ()[::-1], ""[::-1])
print(l[Bound(l, 0)::2], l)
print("they're bill's FRIENDS 2nd".title(), "hELLO".capitalize(), "".title(), "".capitalize(), "\xdfx y".title(), "  a\tb \n".split(), "".split())
print(dict(zip("ab", [1, 2])), dict(enumerate("xy")), dict([[1, 2], (3, 4), "ab"]), dict({1: 2}.items()))
for bad in (zip([1], [2], [3]), enumerate([[]]), [(1, 2), (3,)], [(1, 2), 5], zip([[]], [1])):
    try:
        print(dict(bad))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
