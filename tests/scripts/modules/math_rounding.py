"""Rounding, parts of floats, comparisons."""
import math

for x in (2.5, -2.5, 0.0, 1e20, -0.3):
    print(math.floor(x), math.ceil(x), math.trunc(x), math.modf(x), math.frexp(x), math.fabs(x))
print(math.ldexp(0.75, 4), math.ldexp(1.0, -1080), math.copysign(1, -0.0), math.fmod(-7, 3), math.remainder(7, 4))
print(math.nextafter(1, 2), math.nextafter(0, -1), math.ulp(1), math.ulp(1e300))
print(math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1), math.isclose(0, 1e-12), math.isclose(0, 1e-12, abs_tol=1e-9))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(3), math.pi, math.e, math.tau)
print(math.log(8, 2), math.log(10**400), math.log2(2**1000), math.log10(1000), math.log(2.5))
print(math.degrees(1), math.radians(180), math.atan2(-1, -1), math.pow(2, 0.5))


class Three:
    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"

    def __trunc__(self):
        return "trunc"

    def __float__(self):
        return 3.0


print(math.floor(Three()), math.ceil(Three()), math.trunc(Three()), math.sqrt(Three()))
for call in (
    lambda: math.floor(math.inf), lambda: math.ceil(math.nan), lambda: math.log(0), lambda: math.log(-1),
    lambda: math.exp(1000), lambda: math.ldexp(1.0, 5000), lambda: math.fmod(1, 0), lambda: math.pow(-1, 0.5),
    lambda: math.trunc("x"), lambda: math.isclose(1, 1, rel_tol=-1), lambda: math.sqrt(-1), lambda: math.gamma(0),
):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
