"""Functions of complex numbers, by the formulas of Kahan's "Branch cuts for complex elementary functions"."""

import math as _math
from math import e, inf, nan, pi, tau

infj = complex(0.0, inf)
nanj = complex(0.0, nan)

# Beyond it, cosh and exp of a float overflow.
_LARGE = 708.0


def _number(value):
    if type(value) is complex:
        return value
    if isinstance(value, str):
        raise TypeError("must be real number, not str")
    try:
        return complex(value)
    except TypeError:
        raise TypeError(f"must be real number, not {type(value).__name__}") from None


def _size(x, y):
    return abs(complex(x, y))


def _sine(x):
    return _math.sin(x) if _math.isfinite(x) else nan


def _cosine(x):
    return _math.cos(x) if _math.isfinite(x) else nan


def _times(length, part):
    """A product in which a part that is zero stays zero, even if the length is infinite."""
    return part * _math.copysign(1.0, length) if part == 0.0 and not _math.isfinite(length) else length * part


def _of(length, angle):
    """The number of a length and an angle, where the length may be infinite."""
    if angle == 0.0 and not _math.isfinite(length):
        return complex(length, angle)
    return complex(_times(length, _cosine(angle)), _times(length, _sine(angle)))


def isfinite(z, /):
    z = _number(z)
    return _math.isfinite(z.real) and _math.isfinite(z.imag)


def isinf(z, /):
    z = _number(z)
    return _math.isinf(z.real) or _math.isinf(z.imag)


def isnan(z, /):
    z = _number(z)
    return _math.isnan(z.real) or _math.isnan(z.imag)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    a, b = _number(a), _number(b)
    if rel_tol < 0.0 or abs_tol < 0.0:
        raise ValueError("tolerances must be non-negative")
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    apart = abs(a - b)
    return apart <= rel_tol * abs(b) or apart <= rel_tol * abs(a) or apart <= abs_tol


def phase(z, /):
    z = _number(z)
    return _math.atan2(z.imag, z.real)


def polar(z, /):
    z = _number(z)
    return abs(z), phase(z)


def rect(r, phi, /):
    r, phi = float(r), float(phi)
    if _math.isinf(phi) and r != 0.0 and not _math.isnan(r):
        raise ValueError("math domain error")
    return _of(r, phi)


def sqrt(z, /):
    z = _number(z)
    x, y = z.real, z.imag
    if _math.isinf(y):
        return complex(inf, y)
    if _math.isinf(x):
        if x > 0.0:
            return complex(x, y if _math.isnan(y) else _math.copysign(0.0, y))
        return complex(nan, inf) if _math.isnan(y) else complex(0.0, _math.copysign(inf, y))
    if x == 0.0 and y == 0.0:
        return complex(0.0, y)
    # An eighth of each part does not overflow on the way; what is tiny is made larger first.
    wide, high = abs(x), abs(y)
    if max(wide, high) < 2.0**-1020:
        wide, high = wide * 2.0**54, high * 2.0**54
        root = _math.sqrt(wide + _size(wide, high)) * 2.0**-27 / _math.sqrt(2.0)
        other = abs(y) / (2.0 * root)
    else:
        wide /= 8.0
        root = 2.0 * _math.sqrt(wide + _size(wide, high / 8.0))
        other = high / (2.0 * root)
    if x >= 0.0:
        return complex(root, _math.copysign(other, y))
    return complex(other, _math.copysign(root, y))


def exp(z, /):
    z = _number(z)
    x, y = z.real, z.imag
    if _math.isinf(y) and not _math.isnan(x) and x != -inf and x != inf:
        raise ValueError("math domain error")
    if x == inf and _math.isinf(y):
        raise ValueError("math domain error")
    if x == -inf:
        turn = complex(1.0, 0.0) if not _math.isfinite(y) else complex(_math.cos(y), _math.sin(y))
        return complex(_math.copysign(0.0, turn.real), _math.copysign(0.0, turn.imag))
    if x == inf and _math.isnan(y):
        return complex(inf, nan)
    if _LARGE < x < inf and _math.isfinite(y):
        length = _math.exp(x - 1.0)
        result = complex(length * _math.cos(y) * e, length * _math.sin(y) * e)
        if isinf(result):
            raise OverflowError("math range error")
        return result
    return _of(_math.exp(x), y)


def _logarithm(z):
    x, y = z.real, z.imag
    angle = _math.atan2(y, x)
    wide, high = abs(x), abs(y)
    if not isfinite(z):
        return complex(inf if isinf(z) else nan, angle)
    if wide == 0.0 and high == 0.0:
        raise ValueError("math domain error")
    if wide > 2.0**1022 or high > 2.0**1022:
        length = _math.log(_size(wide / 2.0, high / 2.0)) + _math.log(2.0)
    elif wide < 2.0**-1022 and high < 2.0**-1022:
        length = _math.log(_size(wide * 2.0**53, high * 2.0**53)) - 53 * _math.log(2.0)
    else:
        size = _size(wide, high)
        if 0.71 <= size <= 1.73:
            most, least = max(wide, high), min(wide, high)
            length = _math.log1p((most - 1.0) * (most + 1.0) + least * least) / 2.0
        else:
            length = _math.log(size)
    return complex(length, angle)


def log(z, base=None, /):
    found = _logarithm(_number(z))
    return found if base is None else found / _logarithm(_number(base))


def log10(z, /):
    found = _logarithm(_number(z))
    return complex(found.real / _math.log(10.0), found.imag / _math.log(10.0))


def _within(z):
    """Refuses what the hyperbolic functions and those of angles have no value for."""
    if _math.isinf(z.imag) and not _math.isnan(z.real):
        raise ValueError("math domain error")


def cosh(z, /):
    z = _number(z)
    _within(z)
    x, y = z.real, z.imag
    if _math.isinf(x):
        return complex(inf, nan) if _math.isnan(y) else complex(_times(inf, _cosine(y)), _times(x, _sine(y)))
    if abs(x) > _LARGE and _math.isfinite(y):
        less = x - _math.copysign(1.0, x)
        result = complex(_math.cos(y) * _math.cosh(less) * e, _math.sin(y) * _math.sinh(less) * e)
        if isinf(result):
            raise OverflowError("math range error")
        return result
    return complex(_times(_math.cosh(x), _cosine(y)), _times(_math.sinh(x), _sine(y)))


def sinh(z, /):
    z = _number(z)
    _within(z)
    x, y = z.real, z.imag
    if _math.isinf(x):
        return complex(x, nan) if _math.isnan(y) else complex(_times(x, _cosine(y)), _times(inf, _sine(y)))
    if abs(x) > _LARGE and _math.isfinite(y):
        less = x - _math.copysign(1.0, x)
        result = complex(_math.cos(y) * _math.sinh(less) * e, _math.sin(y) * _math.cosh(less) * e)
        if isinf(result):
            raise OverflowError("math range error")
        return result
    return complex(_times(_math.sinh(x), _cosine(y)), _times(_math.cosh(x), _sine(y)))


def tanh(z, /):
    z = _number(z)
    x, y = z.real, z.imag
    if _math.isinf(y) and _math.isfinite(x):
        raise ValueError("math domain error")
    if abs(x) > _LARGE:
        sign = _math.copysign(1.0, x)
        return complex(sign, 4.0 * _sine(y) * _cosine(y) * _math.exp(-2.0 * abs(x)) if _math.isfinite(y) else 0.0)
    if not _math.isfinite(y):
        return complex(nan, nan)
    across, up = _math.tanh(x), _math.tan(y)
    shrink = 1.0 / _math.cosh(x)
    both = across * up
    below = 1.0 + both * both
    return complex(across * (1.0 + up * up) / below, ((up / below) * shrink) * shrink)


def cos(z, /):
    z = _number(z)
    return cosh(complex(-z.imag, z.real))


def sin(z, /):
    z = _number(z)
    turned = sinh(complex(-z.imag, z.real))
    return complex(turned.imag, -turned.real)


def tan(z, /):
    z = _number(z)
    turned = tanh(complex(-z.imag, z.real))
    return complex(turned.imag, -turned.real)


def acos(z, /):
    z = _number(z)
    below, above = sqrt(complex(1.0 - z.real, -z.imag)), sqrt(complex(1.0 + z.real, z.imag))
    return complex(
        2.0 * _math.atan2(below.real, above.real), _math.asinh(above.real * below.imag - above.imag * below.real)
    )


def acosh(z, /):
    z = _number(z)
    below, above = sqrt(complex(z.real - 1.0, z.imag)), sqrt(complex(z.real + 1.0, z.imag))
    return complex(
        _math.asinh(below.real * above.real + below.imag * above.imag), 2.0 * _math.atan2(below.imag, above.real)
    )


def asinh(z, /):
    z = _number(z)
    one, two = sqrt(complex(1.0 + z.imag, -z.real)), sqrt(complex(1.0 - z.imag, z.real))
    return complex(
        _math.asinh(one.real * two.imag - two.real * one.imag),
        _math.atan2(z.imag, one.real * two.real - one.imag * two.imag),
    )


def asin(z, /):
    z = _number(z)
    turned = asinh(complex(-z.imag, z.real))
    return complex(turned.imag, -turned.real)


def atanh(z, /):
    z = _number(z)
    x, y = z.real, z.imag
    if x < 0.0 or (x == 0.0 and _math.copysign(1.0, x) < 0.0):
        return -atanh(-z)
    high = abs(y)
    if x > 2.0**511 or high > 2.0**511:
        half = _size(x / 2.0, y / 2.0)
        return complex(x / 4.0 / half / half if half < inf else 0.0, _math.copysign(pi / 2.0, y))
    if x == 1.0 and high < 2.0**-511:
        if high == 0.0:
            raise ValueError("math domain error")
        across = -_math.log(_math.sqrt(high) / _math.sqrt(_size(high, 2.0)))
        return complex(across, _math.copysign(_math.atan2(2.0, -high) / 2.0, y))
    across = _math.log1p(4.0 * x / ((1.0 - x) * (1.0 - x) + high * high)) / 4.0
    return complex(across, -_math.atan2(-2.0 * y, (1.0 - x) * (1.0 + x) - high * high) / 2.0)


def atan(z, /):
    z = _number(z)
    turned = atanh(complex(-z.imag, z.real))
    return complex(turned.imag, -turned.real)
