# Two NaNs are two objects, and their sign is kept.
import math

one, two = float("nan"), float("nan")
print(one is one, one is two, [one] == [one], [one] == [two], one in [two], two in (one, two))
print({one: 1}.get(one), {one: 1}.get(two), len({one, two, one}), (one, two) <= (two, one))
print(math.copysign(1, one), math.copysign(1, -one), math.copysign(1, float("inf") - float("inf")), math.copysign(1, float("-nan")))
print("%f %5.1f" % (-one, -one), format(-one, "+"), repr(-one), f"{-one:010}")
print(pow(0.0, float("-inf")), (-0.0) ** float("-inf"), hash(one) == hash(one), one == one, one != one)
print(sorted([3.0, 1.0, 2.0]), max(1.0, one), min(one, 1.0))
