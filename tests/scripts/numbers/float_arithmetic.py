# Arithmetic of floats, with signs, zeros and infinities.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

inf, nan = float("inf"), float("nan")
for a in (7.5, -7.5, 0.0, -0.0, inf):
    for b in (2.0, -2.0, 0.3, inf, -inf):
        print(a, b, a + b, a - b, a * b, a / b, a // b if a != inf else "-", a % b if a != inf else "-")
print(inf // 2, inf % 2, nan == nan, nan < 1, nan != nan, inf == inf, -inf < inf, 0.0 == -0.0, 1e308 + 1e308, 5 % -0.5, -5 % 3.0, divmod(-7.5, 2), divmod(7.5, -2), -1e-20 % 3)
print(1 + 1.5, 2 * 0.5, 7 // 2.0, 7 % 2.5, 2 ** 0.5, True + 0.5, 10 - 0.1, 1 / 4, abs(-0.0), -(0.0), +1.5, sum([0.1] * 10), max(1, 2.5), min(1.0, 1))
attempt(lambda: 1.5 / 0)
attempt(lambda: 1.5 // 0)
attempt(lambda: 1.5 % 0)
attempt(divmod, 1.5, 0)
attempt(lambda: 1.5 + "a")
attempt(lambda: "a" * 1.5)
attempt(lambda: 10**400 + 1.5)
attempt(lambda: 1.5 @ 2)
