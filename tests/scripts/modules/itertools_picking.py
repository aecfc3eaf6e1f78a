"""Iterators that pass on some items."""
from itertools import accumulate, chain, compress, dropwhile, filterfalse, islice, pairwise, starmap, takewhile, zip_longest
import operator

print(list(accumulate([1, 2, 3, 4])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate([1, 2], initial=10)))
print(list(accumulate([], initial=3)), list(accumulate([])))
print(list(chain("ab", [1, 2], ())), list(chain.from_iterable(["xy", "z"])), list(chain()))
print(list(compress("abcdef", [1, 0, 1, 0, 1, 1])), list(dropwhile(lambda x: x < 3, [1, 2, 3, 1])))
print(list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(filterfalse(None, [0, 1, "", "a"])))
print(list(filterfalse(lambda x: x % 2, range(6))), list(pairwise("abcd")), list(pairwise("a")))
print(list(starmap(pow, [(2, 5), (3, 2)])), list(zip_longest("ab", "xyz", fillvalue="-")), list(zip_longest()))
print(list(islice("abcdefg", 3)), list(islice("abcdefg", 2, 4)), list(islice("abcdefg", 1, None, 2)), list(islice("abc", 0)))
it = iter(range(10))
print(list(islice(it, 1, 4)), next(it))
it = iter(range(10))
print(list(islice(it, 0, 5, 3)), next(it))
for call in (lambda: islice("a", -1), lambda: islice("a", 1, 2, 0), lambda: islice("a", "b"), lambda: zip_longest("a", b=1)):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)


# An islice that has ended asks no more.
def asked(item):
    print("asked", item)
    return item


for bounds in ((5,), (0, 2), (1, None, 2), (0, 0)):
    passed = islice(map(asked, iter([1, 2, 3])), *bounds)
    print(list(passed), list(passed))
endless = iter(iter([1, 2, 0, 3, 4]).__next__, 0)
once = islice(takewhile(asked, endless), 9)
print(list(once), list(once), list(endless))
twice = pairwise(iter(iter([0, 1, 2, 0]).__next__, 0))
print(list(twice), list(twice))
