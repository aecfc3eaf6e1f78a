"""Products, permutations and combinations, in CPython's order."""
from itertools import combinations, combinations_with_replacement, permutations, product

print(list(product("ab", [1, 2])), list(product([0, 1], repeat=3)), list(product()), list(product("ab", "")))
print(list(permutations("abc")), list(permutations(range(4), 2)), list(permutations("ab", 3)), list(permutations("ab", 0)))
print(list(combinations("abcd", 2)), list(combinations("ab", 3)), list(combinations(range(4), 0)))
print(list(combinations_with_replacement("abc", 2)), list(combinations_with_replacement("", 1)))
print(sum(1 for _ in permutations(range(6))), sum(1 for _ in combinations(range(12), 6)))
for call in (lambda: combinations("a", -1), lambda: product("a", repeat=-1), lambda: permutations("a", "b")):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
