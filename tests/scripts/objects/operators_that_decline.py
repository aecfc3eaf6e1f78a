"""A method of an operator may decline with a NotImplemented that another function returned."""


def declined(*args):
    return NotImplemented


class Plain:
    def __lt__(self, other):
        return declined()

    def __eq__(self, other):
        result = declined()
        return result

    def __add__(self, other):
        return super().__eq__(other)

    def __mul__(self, other):
        return declined(other) if other else "none"

    __sub__ = lambda self, other: declined()


class Answering(Plain):
    def __gt__(self, other):
        return f"greater than {type(other).__name__}"

    def __radd__(self, other):
        return f"{type(other).__name__} added"

    def __eq__(self, other):
        return declined() if isinstance(other, str) else "equal"


class Other:
    def __rsub__(self, other):
        return f"{type(other).__name__} taken from"


def attempt(act):
    try:
        print(act())
    except TypeError as e:
        print(e)


a, b, c, d = Plain(), Plain(), Answering(), Other()
attempt(lambda: a < b)
attempt(lambda: a < 3)
attempt(lambda: a < c)
attempt(lambda: Plain() < Plain())
attempt(lambda: a == b)
attempt(lambda: a == a)
attempt(lambda: a == c)
attempt(lambda: c == "text")
attempt(lambda: a != b)
attempt(lambda: a + b)
attempt(lambda: a + c)
attempt(lambda: Plain() + Plain())
attempt(lambda: a * b)
attempt(lambda: a * 0)
attempt(lambda: a * [])
attempt(lambda: a - b)
attempt(lambda: a - d)
attempt(lambda: Plain() - Other())


def in_place():
    left = Plain()
    left += Plain()


attempt(in_place)


class Noted:
    """Tells when it goes: operands end with the operation."""

    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)

    def __add__(self, other):
        return self.made(other)

    def made(self, other):
        return self.name + other.name

    def __eq__(self, other):
        return declined()


print(Noted("one") + Noted("two"))
print(Noted("three") == Noted("four"))
kept = Noted("five")
print(kept == Noted("six"))
try:
    Noted("seven") - Noted("eight")
except TypeError as e:
    print(e)
print(any(one == other for one in [Noted("nine")] for other in [Noted("ten")]))
