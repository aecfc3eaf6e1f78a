# ** and pow, also with a modulus.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print(2**10, (-2)**3, 0**0, 2**-1, (-2)**-3, 7**77, pow(2, 10), pow(2, 10, 1000), pow(3, -1, 7), pow(-3, 5, 7), pow(5, 0, 1), pow(2, 100, -7), pow(7, 123456789, 10**9 + 7), 10**-2, pow(base=2, exp=3), pow(2, 3, mod=5))
print(2**0.5, 4**-0.5, 0.5**2, (-8.0)**3, 2.0**-2, 1**10**10, True**2, 10.0**20, 0.0**0)
attempt(pow, 2, 3, 0)
attempt(pow, 2, -1, 4)
attempt(pow, 2, 3, 1.5)
attempt(pow, 2.0, 3, 5)
attempt(lambda: 0**-1)
attempt(lambda: 0.0**-1)
attempt(lambda: 2**"a")
attempt(pow, "a", 2)
attempt(lambda: 10.0**400)
