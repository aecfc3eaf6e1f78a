# Tuples: making, reading, adding, methods, errors.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print((), (1,), (1, 2), tuple(), tuple("ab"), tuple([1, [2]]), tuple(range(3)))
t = (1, 2, 3, 2)
print(t[0], t[-1], t[1:3], t[::-1], t[5:], len(t), t.count(2), t.index(2), t.index(2, 2))
print(t + (9,), t * 2, 2 * (1,), (1,) * 0, 2 in t, 5 in t)
print((1, 2) == (1, 2), (1, 2) < (1, 3), (1,) < (1, 0), () < (1,), (1, 2) != [1, 2])
same = (1, 2)
print(tuple(same) is same, same[:] is same, same * 1 is same)
print(hash((1, 2)) == hash((1, 2)), hash(()) == hash(()), {(1, "a"): "found"}[(1, "a")])
attempt(lambda: t.index(7))
attempt(lambda: t[9])
attempt(lambda: t["a"])
attempt(lambda: tuple(1))
attempt(lambda: tuple(1, 2))
attempt(lambda: (1,) + [2])
attempt(lambda: (1,) < (None,))
attempt(lambda: hash(([],)))
attempt(lambda: tuple(x=1))
def assign():
    t[0] = 1
attempt(assign)
def delete():
    del t[0]
attempt(delete)
print(repr((1,)), str(()), repr(((1,), [2])))
a, b = b, a = 1, 2
print(a, b)
(c, (d, e)), f = (1, (2, 3)), 4
print(c, d, e, f)
x = 1, 2
x += 3,
print(x)
