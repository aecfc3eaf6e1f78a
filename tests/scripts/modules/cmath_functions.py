# The functions of cmath, to the last digit.
import cmath

points = [0j, 1 + 0j, -1 + 0j, 1j, -1j, 0.5 - 2j, -3 + 4j, 1e-300j, 2.5 + 1e-9j, complex(-0.0, -0.0), -2 - 0j, 0.8 + 0.6j]
names = "phase polar exp log log10 sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh".split()
for name in names:
    function = getattr(cmath, name)
    for point in points:
        try:
            print(name, point, function(point))
        except (ValueError, OverflowError) as error:
            print(name, point, type(error).__name__, error)
print(cmath.rect(2, 0.5), cmath.rect(0, 1), cmath.rect(-1, 0))
print(cmath.log(8, 2), cmath.log(-1), cmath.sqrt(-4), cmath.exp(cmath.pi * 1j))
print(cmath.isnan(complex(1, float("nan"))), cmath.isinf(cmath.infj), cmath.isfinite(1 + 2j), cmath.isfinite(cmath.nanj))
print(cmath.isclose(1 + 1j, 1 + 1.0000000001j), cmath.isclose(1, 2), cmath.isclose(1, 1.5, abs_tol=1), cmath.tau, cmath.e)
for wrong in (lambda: cmath.sqrt("1"), lambda: cmath.log(0), lambda: cmath.exp(1000), lambda: cmath.isclose(1, 2, rel_tol=-1), lambda: cmath.atanh(1)):
    try:
        print(wrong())
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
