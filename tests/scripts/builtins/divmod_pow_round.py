# divmod, pow and round, of numbers and of scripts' classes.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print(divmod(7, 2), divmod(-7, 2), divmod(7, -2), divmod(7.5, 2), divmod(-7.5, 2.5), divmod(True, 2), divmod(10 ** 30, 7))
attempt(lambda: divmod(1, 0))
attempt(lambda: divmod(1.0, 0))
attempt(lambda: divmod(1, "a"))
attempt(lambda: divmod(1))
print(pow(2, 10), pow(2, -1), pow(2.0, 3), pow(3, 4, 5), pow(3, -1, 7), pow(-3, 3, 5), pow(2, 100, 10 ** 9 + 7), pow(5, 0, 1), pow(3, 4, -5), pow(base=2, exp=3), pow(2, 3, mod=5))
attempt(lambda: pow(2, -1, 4))
attempt(lambda: pow(2, 3, 0))
attempt(lambda: pow(2, 3.0, 5))
attempt(lambda: pow("a", 2))
attempt(lambda: pow(0, -1))
attempt(lambda: pow(1))
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.567, -2), round(5), round(15, -1), round(25, -1), round(-15, -1), round(1e300, 2), round(2.5, 0), round(7, 3), round(12345, -10), round(True))
print(round(1.5, ndigits=None), round(number=1.25, ndigits=1), type(round(2.0)).__name__, type(round(2.0, 0)).__name__, round(10 ** 25, -24))
attempt(lambda: round("a"))
attempt(lambda: round(1.5, "a"))
attempt(lambda: round(float("nan")))
attempt(lambda: round(float("inf")))
attempt(lambda: round())
class N:
    def __divmod__(self, other):
        return "divmod", other
    def __rdivmod__(self, other):
        return "rdivmod", other
    def __pow__(self, other, mod=None):
        return "pow", other, mod
    def __rpow__(self, other):
        return "rpow", other
    def __round__(self, digits="none"):
        return "round", digits
print(divmod(N(), 1), divmod(1, N()), pow(N(), 2), pow(N(), 2, 3), pow(2, N()), round(N()), round(N(), 2), round(N(), None))
