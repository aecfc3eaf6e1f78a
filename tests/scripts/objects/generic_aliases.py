# list[int], int | None, and what they know.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

a = list[int]
print(a, a.__origin__, a.__args__, a.__parameters__, a == list[int], a == list[str], hash(a) == hash(list[int]), type(a).__name__)
print(dict[str, list[int]], tuple[int, ...], tuple[()], set["x"], type[int], frozenset[int], list[None])
print(a([1, 2]), type(a()).__name__, a.append, a.__name__ if hasattr(a, "__name__") else "")
u = int | None
print(u, u.__args__, type(u).__name__, u == (None | int), int | str | int, int | list[int], list[int] | None)
print(isinstance(1, u), isinstance(None, u), isinstance("a", u), issubclass(int, int | str))
attempt(lambda: isinstance(1, list[int]))
attempt(lambda: issubclass(list, list[int]))
attempt(lambda: int | 5)
attempt(lambda: "int" | int)
attempt(lambda: a[str])
attempt(lambda: int[str])
class C(list[int]):
    pass
print(C.__bases__, C.__orig_bases__, C([1]))
def f(x: int | None = None, y: dict[str, int] = {}) -> list[str]:
    pass
print(f.__annotations__)
class Box:
    def __class_getitem__(cls, item):
        return ("box of", item)
print(Box[int], Box[int, str])
x: int = 5
y: "later"
print(__annotations__)
class Ann:
    a: int
    b: str = "x"
    c: "Ann"
print(Ann.__annotations__, Ann.b, hasattr(Ann, "a"))
def local():
    z: undefined_thing
    w: int = 3
    return w
print(local())
