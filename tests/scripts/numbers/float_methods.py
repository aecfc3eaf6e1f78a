# is_integer, as_integer_ratio, conjugate and attributes.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for number in [0.0, 1.0, -2.5, 0.1, 1e20, 5e-324, 0.75]:
    print(number.is_integer(), number.as_integer_ratio(), number.real, number.imag, number.conjugate())
print(float("inf").is_integer(), float("nan").is_integer())
attempt(float("inf").as_integer_ratio)
attempt(float("nan").as_integer_ratio)
attempt((1.5).is_integer, 1)
attempt(lambda: (1.5).nothing)
attempt(lambda: (1.5).numerator)
attempt(float.is_integer, 5)
print(float.__name__, float.__mro__, isinstance(1.5, float), isinstance(1, float))
