"""reprlib, keyword, __future__, numbers, copyreg."""
import __future__
import copyreg
import keyword
import numbers
import reprlib

print(reprlib.repr(list(range(20))), reprlib.repr("x" * 50), reprlib.repr({i: i for i in range(9)}), reprlib.repr({3, 1, 2}), reprlib.repr((1,)))
print(reprlib.repr([[[[[[[1]]]]]]]), reprlib.repr(10**60))


class Loop:
    @reprlib.recursive_repr("<loop>")
    def __repr__(self):
        return f"Loop({self.me!r})"


x = Loop()
x.me = x
print(x)
print(keyword.iskeyword("def"), keyword.iskeyword("x"), len(keyword.kwlist), keyword.issoftkeyword("match"))
print(__future__.annotations.getOptionalRelease(), "division" in __future__.all_feature_names)
print(isinstance(1, numbers.Integral), isinstance(1.5, numbers.Real), isinstance(True, numbers.Number), isinstance("a", numbers.Number))


class P:
    def __init__(self, a):
        self.a = a


import copy

copyreg.pickle(P, lambda p: (P, (p.a + 1,)))
print(copy.copy(P(1)).a)
