"""Means and spreads of numbers, exact before they are rounded."""

import math
import random
from bisect import bisect_left
from collections import Counter, namedtuple
from fractions import Fraction
from itertools import repeat
from numbers import Number

__all__ = [
    "NormalDist", "StatisticsError", "correlation", "covariance", "fmean", "geometric_mean", "harmonic_mean", "linear_regression",
    "mean", "median", "median_grouped", "median_high", "median_low", "mode", "multimode", "pstdev", "pvariance", "quantiles", "stdev",
    "variance",
]


class StatisticsError(ValueError):
    """There are not the numbers that this needs."""


def _exact(value):
    """A number as a fraction; None for one that is not finite."""
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    try:
        return Fraction(*value.as_integer_ratio())
    except (OverflowError, ValueError):
        return None
    except AttributeError:
        raise TypeError(f"can't convert type '{type(value).__name__}' to numerator/denominator") from None


def _together(one, other):
    """The type that a result of numbers of two types has."""
    if one is other or other is int or other is bool:
        return one
    if one is int or issubclass(other, one):
        return other
    if issubclass(one, other):
        return one
    if issubclass(one, int):
        return other
    if issubclass(other, int):
        return one
    if issubclass(one, Fraction) and issubclass(other, float):
        return other
    if issubclass(one, float) and issubclass(other, Fraction):
        return one
    raise TypeError(f"don't know how to coerce {one.__name__} and {other.__name__}")


def _sum(data):
    """The type, the exact total (or a float that is not finite) and the count."""
    kind, total, strange, count = int, Fraction(0), None, 0
    for value in data:
        count += 1
        kind = _together(kind, type(value)) if kind is not type(value) else kind
        exact = _exact(value)
        if exact is None:
            strange = value if strange is None else strange + value
        else:
            total += exact
    return kind, total if strange is None else strange, count


def _convert(value, kind):
    if type(value) is kind:
        return value
    if issubclass(kind, int) and getattr(value, "denominator", 0) != 1:
        kind = float
    try:
        return kind(value)
    except TypeError:
        return kind(value.numerator) / kind(value.denominator)


def mean(data):
    kind, total, count = _sum(data)
    if count < 1:
        raise StatisticsError("mean requires at least one data point")
    return _convert(total / count, kind)


def fmean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError("fmean requires at least one data point")
    if weights is None:
        return math.fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError("data and weights must be the same length")
    whole = math.fsum(weights)
    if not whole:
        raise StatisticsError("sum of weights must be non-zero")
    return math.fsum(value * weight for value, weight in zip(data, weights)) / whole


def geometric_mean(data):
    try:
        return math.exp(fmean(map(math.log, data)))
    except ValueError:
        raise StatisticsError("geometric mean requires a non-empty dataset containing positive numbers") from None


def harmonic_mean(data, weights=None):
    data = list(data)
    message = "harmonic mean does not support negative values"
    if not data:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if len(data) == 1 and weights is None:
        if not isinstance(data[0], Number):
            raise TypeError("unsupported type")
        if data[0] < 0:
            raise StatisticsError(message)
        return data[0]
    if weights is None:
        weights, whole = repeat(1, len(data)), len(data)
    else:
        weights = list(weights)
        if len(weights) != len(data):
            raise StatisticsError("Number of weights does not match data size")
        whole = _sum(_not_negative(weights, message))[1]
    try:
        kind, total, _ = _sum(weight / value if weight else 0 for weight, value in zip(weights, _not_negative(data, message)))
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return _convert(whole / total, kind)


def _not_negative(values, message):
    for value in values:
        if value < 0:
            raise StatisticsError(message)
        yield value


def _sorted(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data


def median(data):
    data = _sorted(data)
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2


def median_low(data):
    data = _sorted(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = _sorted(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1):
    data = _sorted(data)
    count = len(data)
    middle = data[count // 2]
    below = bisect_left(data, middle)
    inside = data.count(middle)
    try:
        interval, middle = float(interval), float(middle)
    except ValueError:
        raise TypeError("Value cannot be converted to a float") from None
    return middle - interval / 2.0 + interval * (count / 2 - below) / inside


def mode(data):
    pairs = Counter(iter(data)).most_common(1)
    if not pairs:
        raise StatisticsError("no mode for empty data")
    return pairs[0][0]


def multimode(data):
    counts = Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError("must have at least two data points")
    result = []
    if method == "inclusive":
        for place in range(1, n):
            at, rest = divmod(place * (size - 1), n)
            result.append((data[at] * (n - rest) + data[at + 1] * rest) / n)
    elif method == "exclusive":
        for place in range(1, n):
            at = min(max(place * (size + 1) // n, 1), size - 1)
            rest = place * (size + 1) - at * n
            result.append((data[at - 1] * (n - rest) + data[at] * rest) / n)
    else:
        raise ValueError(f"Unknown method: {method!r}")
    return result


def _squares(data, center=None):
    """The type, the exact sum of squared distances from the mean (or another center), and the count."""
    if center is not None:
        return _sum((value - center) ** 2 for value in data)
    kind, total, count = int, Fraction(0), 0
    squares = Fraction(0)
    strange = None
    for value in data:
        count += 1
        kind = _together(kind, type(value)) if kind is not type(value) else kind
        exact = _exact(value)
        if exact is None:
            strange = value
        else:
            total += exact
            squares += exact * exact
    if strange is not None:
        return kind, strange * strange, count
    if not count:
        return kind, Fraction(0), 0
    return kind, (count * squares - total * total) / count, count


def variance(data, xbar=None):
    kind, squares, count = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("variance requires at least two data points")
    return _convert(squares / (count - 1), kind)


def pvariance(data, mu=None):
    kind, squares, count = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pvariance requires at least one data point")
    return _convert(squares / count, kind)


def _root(exact):
    """The float nearest to the square root of a fraction."""
    above, below = exact.numerator, exact.denominator
    if not above:
        return 0.0
    # As many digits as make the last one irrelevant but for a tie; what is cut off is noted in the lowest bit.
    shift = (above.bit_length() - below.bit_length() - 109) // 2
    if shift >= 0:
        square, rest = divmod(above, below << 2 * shift)
    else:
        square, rest = divmod(above << -2 * shift, below)
    root = math.isqrt(square)
    root |= rest != 0 or root * root != square
    return float(root << shift) if shift >= 0 else root / (1 << -shift)


def stdev(data, xbar=None):
    kind, squares, count = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("stdev requires at least two data points")
    return _root(squares / (count - 1)) if isinstance(squares, Fraction) else math.sqrt(squares / (count - 1))


def pstdev(data, mu=None):
    kind, squares, count = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pstdev requires at least one data point")
    return _root(squares / count) if isinstance(squares, Fraction) else math.sqrt(squares / count)


def _pairs(x, y, name):
    x, y = list(x), list(y)
    if len(x) != len(y):
        raise StatisticsError(f"{name} requires that both inputs have same number of data points")
    if len(x) < 2:
        raise StatisticsError(f"{name} requires at least two data points")
    return x, y, math.fsum(x) / len(x), math.fsum(y) / len(y)


def covariance(x, y, /):
    x, y, mean_x, mean_y = _pairs(x, y, "covariance")
    return math.fsum((one - mean_x) * (other - mean_y) for one, other in zip(x, y)) / (len(x) - 1)


def correlation(x, y, /):
    x, y, mean_x, mean_y = _pairs(x, y, "correlation")
    products = math.fsum((one - mean_x) * (other - mean_y) for one, other in zip(x, y))
    squares_x = math.fsum((one - mean_x) ** 2.0 for one in x)
    squares_y = math.fsum((other - mean_y) ** 2.0 for other in y)
    try:
        return products / math.sqrt(squares_x * squares_y)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant") from None


LinearRegression = namedtuple("LinearRegression", ("slope", "intercept"))


def linear_regression(x, y, /, *, proportional=False):
    x, y, mean_x, mean_y = _pairs(x, y, "linear regression")
    if proportional:
        products = math.fsum(one * other for one, other in zip(x, y))
        squares = math.fsum(one * one for one in x)
    else:
        products = math.fsum((one - mean_x) * (other - mean_y) for one, other in zip(x, y))
        squares = math.fsum((one - mean_x) ** 2.0 for one in x)
    try:
        slope = products / squares
    except ZeroDivisionError:
        raise StatisticsError("x is constant") from None
    return LinearRegression(slope=slope, intercept=0.0 if proportional else mean_y - slope * mean_x)


# Wichura's algorithm AS 241 for the quantiles of the normal distribution: three quotients of polynomials, highest power first.
_NEAR_ABOVE = (
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
    1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0,
)
_NEAR_BELOW = (
    5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
    5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0,
)
_TAIL_ABOVE = (
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
    3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0,
)
_TAIL_BELOW = (
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
    6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0,
)
_FAR_ABOVE = (
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
    2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0,
)
_FAR_BELOW = (
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
    1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
)


def _polynomial(factors, x):
    value = 0.0
    for factor in factors:
        value = value * x + factor
    return value


class NormalDist:
    """A normal distribution of a random variable."""

    __slots__ = {"_mu": "Arithmetic mean", "_sigma": "Standard deviation"}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu, self._sigma = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        data = list(data)
        return cls(fmean(data), stdev(data))

    def samples(self, n, *, seed=None):
        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in repeat(None, n)]

    def _needs_spread(self, name):
        if not self._sigma:
            raise StatisticsError(f"{name}() not defined when sigma is zero")

    def pdf(self, x):
        variance = self._sigma**2.0
        if not variance:
            raise StatisticsError("pdf() not defined when sigma is zero")
        return math.exp((x - self._mu) ** 2.0 / (-2.0 * variance)) / math.sqrt(math.tau * variance)

    def cdf(self, x):
        self._needs_spread("cdf")
        return 0.5 * (1.0 + math.erf((x - self._mu) / (self._sigma * math.sqrt(2.0))))

    def inv_cdf(self, p):
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        if self._sigma <= 0.0:
            raise StatisticsError("cdf() not defined when sigma at or below zero")
        q = p - 0.5
        if math.fabs(q) <= 0.425:
            r = 0.180625 - q * q
            x = _polynomial(_NEAR_ABOVE, r) * q / _polynomial(_NEAR_BELOW, r)
        else:
            r = math.sqrt(-math.log(p if q <= 0.0 else 1.0 - p))
            if r <= 5.0:
                x = _polynomial(_TAIL_ABOVE, r - 1.6) / _polynomial(_TAIL_BELOW, r - 1.6)
            else:
                x = _polynomial(_FAR_ABOVE, r - 5.0) / _polynomial(_FAR_BELOW, r - 5.0)
            if q < 0.0:
                x = -x
        return self._mu + x * self._sigma

    def quantiles(self, n=4):
        return [self.inv_cdf(place / n) for place in range(1, n)]

    def overlap(self, other):
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        x, y = sorted((self, other), key=lambda one: (one._sigma, one._mu))
        if not x.variance or not y.variance:
            raise StatisticsError("overlap() not defined when sigma is zero")
        spread, apart = y.variance - x.variance, abs(y._mu - x._mu)
        if not spread:
            return 1.0 - math.erf(apart / (2.0 * x._sigma * math.sqrt(2.0)))
        base = x._mu * y.variance - y._mu * x.variance
        root = x._sigma * y._sigma * math.sqrt(apart**2.0 + spread * math.log(y.variance / x.variance))
        one, two = (base + root) / spread, (base - root) / spread
        return 1.0 - (abs(y.cdf(one) - x.cdf(one)) + abs(y.cdf(two) - x.cdf(two)))

    def zscore(self, x):
        self._needs_spread("zscore")
        return (x - self._mu) / self._sigma

    mean = median = mode = property(lambda self: self._mu)
    stdev = property(lambda self: self._sigma)
    variance = property(lambda self: self._sigma**2.0)

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, other):
        return NormalDist(self._mu * other, self._sigma * math.fabs(other))

    def __truediv__(self, other):
        return NormalDist(self._mu / other, self._sigma / math.fabs(other))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return -(self - other)

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state
