# for loops over everything; iterators that misbehave.
class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return Countdown.Iter(self.n)
    class Iter:
        def __init__(self, n): self.n = n
        def __iter__(self): return self
        def __next__(self):
            if self.n <= 0: raise StopIteration
            self.n -= 1
            return self.n
c = Countdown(3)
print(list(c), list(c), sum(c), max(c), 1 in c, 7 in c, tuple(c), set(c), sorted(c), dict(zip(c, c)), "".join(map(str, c)))
for a in c:
    for b in c:
        print((a, b), end=" ")
print()
for kind in ([1], (2,), "s", b"b", {"k": 1}, {5}, range(1), iter([6]), (x for x in [7]), {8: 9}.items(), enumerate("e"), zip("z"), map(str, [1]), reversed([2])):
    for item in kind:
        print(item, end=" ")
print()
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
def loop(x):
    for _ in x:
        pass
    return "looped"
attempt(lambda: loop(5))
attempt(lambda: loop(None))
attempt(lambda: loop(int))
attempt(lambda: loop(object()))
class NoNext:
    def __iter__(self): return self
attempt(lambda: loop(NoNext()))
class Raises:
    def __iter__(self): return self
    def __next__(self): raise ValueError("in next")
attempt(lambda: loop(Raises()))
class IterRaises:
    def __iter__(self): raise KeyError("in iter")
attempt(lambda: loop(IterRaises()))
class GetItem:
    def __getitem__(self, i):
        if i == 2: raise IndexError
        if i > 5: raise RuntimeError
        return i
attempt(lambda: list(GetItem()))
class GetItemRaises:
    def __getitem__(self, i): raise ValueError("getitem")
attempt(lambda: list(GetItemRaises()))
it = iter([1, 2, 3])
for x in it:
    print(x, end=" ")
    break
print(list(it))
class Resumes:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n % 3 == 0: raise StopIteration
        return self.n
r = Resumes()
print(list(r), list(r), next(r))
def modify():
    d = {1: 1}
    for k in d:
        d[k + 1] = 1
attempt(modify)
numbers = [1, 2, 3]
for n in numbers:
    if n == 1:
        numbers.insert(0, 0) if len(numbers) < 5 else None
    print(n, end=" ")
print(numbers)
g = (x for x in "abc")
print("b" in g, list(g))
print([x for x in iter(lambda it=iter([1, 2, 0, 3]): next(it), 0)])
first, second = iter("xy")
print(first, second, *iter("pq"), [*iter([1])], {**{}})
