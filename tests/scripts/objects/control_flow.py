# Loops with else, break and continue, conditions, chained and short-circuit operators, assert.
for i in range(3):
    if i == 5:
        break
else:
    print("no break")
for i in range(3):
    if i == 1:
        break
else:
    print("not printed")
n = 0
while n < 3:
    n += 1
    if n == 2:
        continue
    print("while", n)
else:
    print("while else")
while True:
    break
else:
    print("not printed")
def find(rows, wanted):
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if value == wanted:
                break
        else:
            continue
        return y, x
    return None
print(find([[1, 2], [3, 4]], 3), find([[1]], 9))
def loud(x, name):
    print(name, end=" ")
    return x
print(loud(0, "a") or loud("", "b") or loud([], "c"))
print(loud(1, "a") and loud("x", "b") and loud(None, "c") and loud(5, "d"))
print(not loud(0, "n"), loud(1, "x") if loud(0, "cond") else loud(2, "y"))
print(loud(1, "1") < loud(5, "5") < loud(3, "3"), loud(9, "9") < loud(5, "5") < loud(3, "3"))
print(1 < 2 == 2 != 3 in [3] is not None, 1 in [1] == True)
x = 5
print("big" if x > 3 else "small", "a" if x == 1 else "b" if x == 5 else "c")
if x == 1:
    print("one")
elif x == 5:
    print("five")
else:
    print("other")
try:
    assert x == 6, f"x is {x}"
except AssertionError as error:
    print(error)
try:
    assert not x
except AssertionError as error:
    print(repr(error))
assert x, "not raised"
try:
    assert False, (1, 2)
except AssertionError as error:
    print(error.args)
for i in []:
    pass
else:
    print("empty else")
for i in range(3): print(i, end=","); i = 10
print()
total = 0
for i in range(10):
    if i % 2: continue
    if i > 6: break
    total += i
print(total, i)
def early(n):
    while n:
        for k in range(n):
            if k == 2:
                return ("found", n, k)
        n -= 1
    else:
        return "exhausted"
print(early(5), early(2))
pass; print("semi"); x = 1; x += 1; print(x)
print(*[y for y in range(3) if y if y != 1], sep="|")
print([(a, b) for a in range(3) if a for b in range(a) if b < 2])
class Bool:
    def __init__(self, v): self.v = v
    def __bool__(self): print("bool", self.v); return self.v
print("yes" if Bool(False) or Bool(True) else "no")
if not Bool(False) and Bool(True):
    print("both")
while Bool(False): pass
