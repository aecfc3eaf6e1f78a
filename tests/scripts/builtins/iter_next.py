# iter, next, reversed and the protocols behind them.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

it = iter([1, 2])
print(next(it), next(it), next(it, "default"))
attempt(lambda: next(it))
attempt(lambda: next(5))
attempt(lambda: next())
attempt(lambda: iter(5))
attempt(lambda: iter(5, 6))
attempt(lambda: iter())
counter = iter(lambda: counter_next(), 3)
state = [0]
def counter_next():
    state[0] += 1
    return state[0]
print(list(counter), list(counter))
class Count:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration("value")
        self.n -= 1
        return self.n
print(list(Count(3)), sum(Count(4)), max(Count(5)), 2 in Count(5), [*Count(2)])
c = Count(1)
print(next(c))
try:
    next(c)
except StopIteration as stop:
    print("stop", stop.value, stop.args)
class Old:
    def __getitem__(self, index):
        if index > 2:
            raise IndexError
        return index * 10
print(list(Old()), 20 in Old(), list(zip(Old(), "abc")))
attempt(lambda: len(Old()))
attempt(lambda: list(reversed(Old())))
class Sequence(Old):
    def __len__(self):
        return 3
print(list(reversed(Sequence())))
class Back:
    def __reversed__(self):
        return "anything"
print(reversed(Back()))
class NoBack(Sequence):
    __reversed__ = None
attempt(lambda: reversed(NoBack()))
attempt(lambda: reversed(5))
attempt(lambda: reversed({1, 2}))
print(list(reversed("abc")), list(reversed((1, 2))), list(reversed({1: 2, 3: 4})), list(reversed(range(3))), list(reversed([])))
class NotIterator:
    def __iter__(self):
        return 5
attempt(lambda: iter(NotIterator()))
class NoneIter:
    __iter__ = None
attempt(lambda: iter(NoneIter()))
attempt(lambda: 1 in NoneIter())
class OnlyNext:
    def __next__(self):
        return 1
attempt(lambda: iter(OnlyNext()))
print(next(OnlyNext()))
i = iter("é")
print(iter(i) is i, type(i).__name__, type(iter(())).__name__, type(iter(range(1))).__name__, type(iter(set())).__name__)
