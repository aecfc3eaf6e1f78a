"""Ranges longer than a length can tell, and what is looked for in them."""
long = range(2**100)
try:
    len(long)
except OverflowError as error:
    print(error)
print(bool(long), long[2**99 : 2**99 + 4], long[-1] == 2**100 - 1, long[:: 2**98], 2**100 - 1 in long)
print(range(10)[slice(0, 2**100)], range(2**63)[-3:], list(range(2**100)[5:0:-2]))


class Any(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


print(Any(11) in range(10), 11 in range(10), True in range(2), range(3).index(Any(9)))
