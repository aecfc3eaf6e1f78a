# Corners of the library's modules that other suites look at.
import contextvars
import statistics
import time
from fractions import Fraction

print(time.strptime("Feb 29", "%b %d"))
for text, form in [("Feb 30", "%b %d"), ("Feb 29 1900", "%b %d %Y"), ("Feb 29 2000", "%b %d %Y")]:
    try:
        print(time.strptime(text, form)[:3])
    except ValueError as error:
        print(error)
for value in (1.5, 2j, "1"):
    try:
        Fraction.from_decimal(value)
    except TypeError as error:
        print(error)

colour = contextvars.ContextVar("colour")
first = contextvars.copy_context()
second = first.copy()
print(first == second, first != second, first == 1)
second.run(colour.set, "red")
print(first == second, colour in second, second[colour])
try:
    first["colour"]
except TypeError as error:
    print(error)

try:
    statistics.NormalDist(100, 0).inv_cdf(0.5)
except statistics.StatisticsError as error:
    print(error)
try:
    statistics.harmonic_mean(["a"])
except TypeError as error:
    print(error)
