# Rich comparison: fallbacks, reflection, identity, hash.
class A:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        print("A.eq")
        return NotImplemented if not isinstance(other, A) else self.n == other.n
    def __lt__(self, other):
        print("A.lt")
        return NotImplemented if not isinstance(other, A) else self.n < other.n
print(A(1) == A(1), A(1) != A(1), A(1) == 5, A(1) != 5, A(1) < A(2), A(1) > A(2))
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
attempt(lambda: A(1) < 5)
attempt(lambda: A(1) <= A(2))
attempt(lambda: hash(A(1)))
class B(A):
    __hash__ = A.__hash__ if A.__hash__ else object.__hash__
    def __gt__(self, other):
        print("B.gt")
        return "greater"
print(A(1) < B(2), hash(B(1)) is not None)
class Ne:
    def __ne__(self, other):
        return "ne"
print(Ne() != 1, Ne() == 1)
class Weird:
    def __eq__(self, other):
        return []
    def __ge__(self, other):
        return "ge"
w = Weird()
print(w == w, w != w, w in [w], w >= 1, 1 <= w, [w] == [w])
print(object() == object(), object().__eq__(1), object().__lt__(1), (1).__eq__("a"), None == None, None != 0)
attempt(lambda: None < 1)
attempt(lambda: object() < object())
attempt(lambda: int < str)
attempt(lambda: {} > {})
attempt(lambda: 1 < "a")
attempt(lambda: [] >= ())
attempt(lambda: (lambda: 0) < 1)
print(1 < 2 < 3, 1 < 3 > 2, 1 < 2 > 5, 1 == 1.0 == True)
class Chain:
    def __init__(self, n): self.n = n
    def __lt__(self, o):
        print("lt", self.n, o.n)
        return self.n < o.n
a, b, c = Chain(1), Chain(5), Chain(3)
print(a < b < c, a < c < b)
