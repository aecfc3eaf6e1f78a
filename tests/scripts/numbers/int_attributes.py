# The attributes and small methods of int.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for number in [5, -5, True, 2**70]:
    print(number.real, number.imag, number.numerator, number.denominator, number.conjugate(), number.as_integer_ratio(), type(number.real).__name__)
print((5).__trunc__(), (5).__floor__(), (5).__ceil__(), (5).__int__(), (5).__index__(), (5).__float__(), (5).__bool__(), (0).__bool__(), (-5).__abs__(), (5).__getnewargs__(), (1234).__round__(-2), (1234).__round__())
attempt(lambda: setattr(5, "real", 1))
attempt(lambda: (5).nothing)
attempt(lambda: setattr(5, "x", 1))
attempt((5).__float__, 1)
print(isinstance(5, int), isinstance(True, int), type(5), int.__name__, int.__mro__, issubclass(bool, int))
