"""Iterators without end."""
from itertools import count, cycle, islice, repeat

print(list(islice(count(), 4)), list(islice(count(5, -2), 4)), list(islice(count(0.5, 0.25), 3)))
print(list(islice(cycle("ab"), 5)), list(cycle([])), list(repeat("x", 3)), list(repeat("x", -1)))
c = count(10)
next(c)
print(c, count(1, 2), count(1.5), repeat(7), repeat(7, 2))
r = repeat(1, 3)
next(r)
print(r, r.__length_hint__())
print(next(iter(repeat(None))))
for call in (lambda: count("a"), lambda: repeat(), lambda: cycle(3)):
    try:
        call()
    except TypeError as e:
        print(e)
