"""Of what is no number, a power keeps the sign; where CPython says so, it is a number all the same."""
import math

nan = float("nan")
for base in nan, -nan, 1.0, 2.0, -3.0, 0.0:
    for exponent in nan, -nan, 0.0, 1.0, 2.0, 3.0, 0.5:
        if math.isnan(base) or math.isnan(exponent):
            for power in base**exponent, math.pow(base, exponent):
                print(base, exponent, power, math.copysign(1, power))
