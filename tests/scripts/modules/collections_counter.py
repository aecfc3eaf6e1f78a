"""Counter."""
from collections import Counter

c = Counter("abracadabra")
print(c, c.most_common(2), c["z"], sum(c.values()), c.total())
c.update("aab")
c.subtract({"a": 3})
print(c, sorted(c.elements()))
a, b = Counter(x=3, y=1), Counter(x=1, y=2)
print(a + b, a - b, a & b, a | b, +Counter(x=-1, y=2), -Counter(x=-1, y=2))
print(a == Counter(y=1, x=3), a <= b, Counter(x=1) <= a, a != b)
a += b
print(a)
a -= Counter(x=10)
print(a, Counter(), Counter([1, 1, 2]), dict(Counter({"k": 2})))
del a["nothing"]
print(a.copy() == a, Counter(a=1).most_common())
try:
    Counter.fromkeys("ab")
except NotImplementedError as e:
    print(e)
