# len, abs, hash, id, callable.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print(len("héllo"), len(b"abc"), len([1]), len({}), len(range(10)), len({1, 2}), len(()))
class Sized:
    def __init__(self, n):
        self.n = n
    def __len__(self):
        return self.n
    def __abs__(self):
        return "absolute"
print(len(Sized(3)), bool(Sized(0)), bool(Sized(1)), abs(Sized(1)))
attempt(lambda: len(Sized(-1)))
attempt(lambda: len(Sized("a")))
attempt(lambda: len(Sized(1.5)))
attempt(lambda: len(5))
attempt(lambda: len())
attempt(lambda: len(1, 2))
attempt(lambda: len(x=1))
print(abs(-3), abs(2.5), abs(-0.0), abs(True), abs(-10 ** 30), abs(-2 ** 47))
attempt(lambda: abs("a"))
attempt(lambda: abs())
print(hash(1) == hash(1.0) == hash(True), hash(-1), hash(2 ** 61 - 1), hash(0.5) == hash(0.5), hash("a") == hash("a"), hash(10 ** 30))
attempt(lambda: hash([]))
attempt(lambda: hash({}))
attempt(lambda: hash(set()))
attempt(lambda: hash(([],)))
x = object()
print(id(x) == id(x), hash(x) == hash(x), id([]) != 0, isinstance(id(x), int))
class Call:
    def __call__(self):
        return 1
print(callable(len), callable(Call), callable(Call()), callable(1), callable(lambda: 0), callable(print), callable([].append), callable(None))
attempt(lambda: callable())
