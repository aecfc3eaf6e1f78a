# Unpacking in assignments, loops, calls and displays.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

a, b = 1, 2
a, b = b, a
(c, d), e = [3, 4], 5
[f, *g] = "hello"
*h, i = range(4)
j, *k, l = (1, 2)
m, (n, *o), p = 1, [2, 3, 4], 5
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)
for x, (y, *z) in [(1, (2, 3, 4)), (5, [6])]:
    print(x, y, z)
(q,) = [7]
[r] = {8}
print(q, r)
s = t = u = [1]
s.append(2)
print(t, u is s)
i = 0
items = [10, 20, 30]
i, items[i] = 1, "changed"
print(i, items)
def unpack(n, value):
    if n == 2:
        a, b = value
    elif n == 3:
        a, b, c = value
    elif n == "star":
        a, *b, c = value
    return "fine"
attempt(lambda: unpack(2, [1]))
attempt(lambda: unpack(2, [1, 2, 3]))
attempt(lambda: unpack(3, (1, 2)))
attempt(lambda: unpack(2, 5))
attempt(lambda: unpack(2, "abc"))
attempt(lambda: unpack("star", [1]))
attempt(lambda: unpack(2, (x for x in range(5))))
attempt(lambda: unpack(2, {1: 2, 3: 4}))
attempt(lambda: unpack(2, None))
class It:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        for i in range(self.n):
            print("give", i)
            yield i
attempt(lambda: unpack(2, It(2)))
attempt(lambda: unpack(2, It(9)))
def f(*args, **kw):
    return args, kw
print(f(*[1], *(2, 3), x=1, **{"y": 2}), f(*"ab", **{}), f(*{}))
print([*range(2), 5, *[6]], (*"ab",), {*[1, 2], 3}, {**{"a": 1}, "a": 2, **{"b": 3}})
first, *rest = "single".split("i", 1)
print(first, rest)
x = [1, 2, 3]
x[0], x[1:] = "zero", ["one"]
print(x)
class Box: pass
box = Box()
box.a, box.b = "attrs", "set"
print(box.__dict__)
head, *tail = iter([1, 2, 3])
print(head, tail)
