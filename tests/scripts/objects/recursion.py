# Deep recursion ends in RecursionError, and what is deep but fine works.
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
print(depth(500))
def forever():
    return forever()
try:
    forever()
except RecursionError as error:
    print("RecursionError", str(error).startswith("maximum recursion depth exceeded"))
class Loop:
    def __getattr__(self, name):
        return getattr(self, name + "x")
try:
    Loop().a
except RecursionError:
    print("getattr")
class Rep:
    def __repr__(self):
        return repr(self)
try:
    repr(Rep())
except RecursionError:
    print("repr")
class Eq:
    def __eq__(self, other):
        return self == other
try:
    Eq() == 1
except RecursionError:
    print("eq")
nested = []
for _ in range(100):
    nested = [nested]
print(len(repr(nested)), nested == nested)
a, b = [], []
a.append(b)
b.append(a)
try:
    a == b
except RecursionError:
    print("compare")
def gen(n):
    if n:
        yield n
        yield from gen(n - 1)
print(sum(gen(100)))
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(400), odd(401))
def caught(n):
    try:
        return caught(n + 1)
    except RecursionError:
        return "recovered"
print(caught(0))
print(depth(300))
chain = None
for i in range(100000):
    chain = (i, chain)
count = 0
while chain:
    count += 1
    chain = chain[1]
print(count)
def ackermann(m, n):
    if m == 0: return n + 1
    if n == 0: return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))
print(ackermann(2, 6))
