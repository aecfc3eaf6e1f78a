# round() of integers and floats.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for number in [0, 5, 15, 25, 35, -15, -25, 1234567, 10**30 + 5 * 10**9]:
    print(number, [round(number, digits) for digits in (2, 0, -1, -2, -3, -9, -40)], round(number))
for number in [0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1.005, 1234.5678, 1e20, -0.0, 0.1, 5e-324]:
    print(number, round(number), [round(number, digits) for digits in (0, 1, 2, 3, -1, -3, 20, -400, 400)])
print(round(1.5, None), round(5, None), type(round(1.0)).__name__, type(round(1.0, 0)).__name__, round(True), round(12345.678, -2), round(number=2.5, ndigits=0))

class Rounding:
    def __round__(self, digits=None):
        return ("rounded", digits)

print(round(Rounding()), round(Rounding(), 3))
attempt(round, float("nan"))
attempt(round, float("inf"))
attempt(round, "a")
attempt(round, 1.5, 1.5)
attempt(round, 5, "a")
attempt(round)
print(round(float("inf"), 2), round(float("nan"), 2))
attempt(round, 1.7e308, -308)
