# Unpacking: too few, too many, stars, nested targets, things that are not iterable.
def attempt(text):
    names = {}
    try:
        exec(text, names)
        print(text, "->", {k: v for k, v in names.items() if len(k) == 1 and " at 0x" not in repr(v)})
    except Exception as error:
        print(text, "->", type(error).__name__, error)


for text in ["a, b = 1, 2", "a, b = [1]", "a, b = [1, 2, 3]", "a, b = ()", "a, b = 'xy'", "a, b = 'x'", "a, b = {1: 2, 3: 4}", "a, b = {5}", "a, b = 5", "a, b = None", "a, b = range(3)", "a, b = iter([1])", "a, b = (i for i in range(3))", "[a] = [1]", "[a] = []", "(a,) = 1,", "() = []", "[] = [1]", "[] = 5", "a, *b = [1]", "a, *b = []", "*a, b = 'xyz'", "*a, = 'xy'", "a, *b, c = [1]", "a, *b, c = [1, 2]", "*a, b, c = 1,", "a, *b = 5", "*a, *b = 1, 2" if False else "a, (b, c) = 1, (2, 3)", "a, (b, c) = 1, 2", "a, (b, c) = 1, (2,)", "a, (b, *c) = 1, 'xyz'", "[a, [b, [c]]] = 1, [2, [3]]", "a = b = c = []", "a = b, c = 1, 2", "(a, b), c = [1, 2], 3", "a, a = 1, 1", "a, b = b, a = 1, 2", "a = 1; a, b = a + 1, a", "a = [0]; a[0], b = 5, a[0]", "a = {}; a['x'], a['y'] = 1, 2", "for a, b in [(1, 2), (3, 4)]: pass", "for a, b in [1, 2]: pass", "for a, *b in ['xyz']: pass", "for a, b in {1: 2}.items(): pass", "for (a, b), c in [((1, 2), 3)]: pass", "a = [b for b, c in [(1, 2), (3, 4)]]", "a = {b: c for b, c in ['xy', 'zw']}", "a = [b for b, c in [1]]", "a = [*range(3), *'ab']", "a = (*[1], *())", "a = {*[1, 1], 2}", "a = {**{'x': 1}, 'y': 2}", "a = [*5]", "a = {**5}", "a = {**{1: 2}, **{1: 3}}", "a = *[1, 2], 3", "a, b, c = *[1, 2], 3", "def f(*z): return z\na = f(*[1], *'xy', 2)", "def f(**z): return z\na = f(**{'p': 1}, q=2)", "with_ = 1; a, = [with_]", "a: int = 5", "a: int", "a += 1", "a = b = 5; a += b; b *= a", "a = (b := 3) + b", "a = [b := 1, b + 1]", "a, b = map(int, '12')", "a, b = zip([1, 2], [3, 4])", "a, b = sorted('ba')", "a, b = enumerate('xy')", "a, b = b'xy'", "a, b, *c = reversed([1, 2, 3, 4])", "import math as a; a = a.floor(2.5)", "a = 1,; b, = a"]:
    attempt(text)


class Bad:
    def __iter__(self):
        yield 1
        raise KeyError("while unpacking")


class NotIter:
    def __iter__(self): return 5


class Items:
    def __getitem__(self, i):
        if i > 1: raise IndexError
        return i * 10


for make in [lambda: exec("a, b = x", {"x": Bad()}), lambda: exec("a, *b = x", {"x": Bad()}), lambda: exec("a, b = x", {"x": NotIter()}), lambda: exec("a, b = x; print(a, b)", {"x": Items()}), lambda: exec("a, *b = x; print(a, b)", {"x": Items()}), lambda: exec("a, b, c = x", {"x": Items()})]:
    try:
        make()
    except Exception as error:
        print(type(error).__name__, error)
