# Loops over ranges near the largest integers that need no object, and over ones that end early, never begin, or change hands.
edge = 2**47


def first(items, limit=4):
    seen = []
    for item in items:
        if len(seen) == limit:
            break
        seen.append(item)
    return seen


for arguments in [
    (edge - 3, edge - 1),
    (edge - 3, edge),
    (edge - 3, edge + 2),
    (-edge, -edge + 2),
    (-edge - 2, -edge + 2),
    (edge - 1, edge - 4, -1),
    (-edge + 2, -edge, -1),
    (-edge + 2, -edge - 3, -1),
    (0, edge - 1, edge // 2),
    (-edge, edge - 1, edge // 2),
    (-edge, edge - 1),
    (edge - 1, -edge, -1),
    (-edge, edge, 2**63),
    (edge - 1, -edge, -(edge - 1)),
    (5, 5),
    (5, 4),
    (4, 5, -1),
    (0, 1, edge - 1),
    (0, -1, -edge),
    (1, 0, -edge),
    (True, 3, True),
]:
    print(arguments, first(range(*arguments)), first(range(*arguments)[::-1], 2))

# The variable is the body's to change; a loop goes on as it would have.
for i in range(3):
    i *= 10
    print(i, end=" ")
print(i)
for i in range(0):
    pass
print(i)


def numbers(stop, step):
    for number in range(0, stop, step):
        back = yield number
        if back:
            return back


one = numbers(10, 3)
print(next(one), next(one), list(one))
two = numbers(-10, -3)
print(next(two))
try:
    two.send("enough")
except StopIteration as stop:
    print(stop.value)

# Nested, continued and left.
found = []
for a in range(6, 0, -2):
    for b in range(a):
        if b == 1:
            continue
        if b > 3:
            break
        found.append((a, b))
    else:
        found.append("all")
print(found)
print([x * y for x in range(3) for y in range(x, 3)], sum(x for x in range(-5, 6)))
