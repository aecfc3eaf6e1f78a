# Subclasses of int and float: operators give plain numbers.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

class Number(int):
    def __new__(cls, value, label=""):
        self = super().__new__(cls, value)
        self.label = label
        return self
    def double(self):
        return self * 2
    def __repr__(self):
        return "Number(%d)" % self

number = Number(5, "five")
print(number, repr(number), number.label, number.double(), type(number.double()).__name__, number + 1, 1 + number, -number, number == 5, hash(number) == hash(5), {5: "x"}[number], [0, 1, 2, 3, 4, 5][number], str(number))
print("%d %s %r %x" % (number, number, number, number), f"{number} {number:03d}", number.bit_length(), int(number), type(int(number)).__name__, float(number), number.real, type(number.real).__name__, isinstance(number, int), number < 6, max(number, 3), bool(Number(0)), range(number), Number("7"), Number("ff" and 3))

class Sums(int):
    def __add__(self, other):
        return Sums(int.__add__(self, other))
    def __radd__(self, other):
        return Sums(100)
    def __eq__(self, other):
        return "equal?"
    __hash__ = int.__hash__

print(type(Sums(1) + 2).__name__, Sums(1) + 2, 2 + Sums(1), Sums(1) == 5, 5 == Sums(1), Sums(3) * 2, sum([Sums(1), Sums(2)]))

class Length(float):
    def __str__(self):
        return "%sm" % float(self)

print(Length(1.5), repr(Length(1.5)), Length(1.5) + 1, type(Length(1) * 2).__name__, f"{Length(2)}", f"{Length(2):.3f}", Length("2.5") == 2.5, Length(3).is_integer(), float(Length(1)), type(float(Length(1))).__name__, round(Length(2.567), 1))
