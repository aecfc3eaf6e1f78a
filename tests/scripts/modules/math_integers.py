"""Functions of integers, of any size."""
import math

print(math.factorial(20), math.factorial(0), math.factorial(30))
print(math.comb(10, 3), math.comb(100, 50), math.comb(3, 5))
print(math.perm(10, 3), math.perm(5), math.perm(3, 5), math.perm(60, 30))
print(math.gcd(), math.gcd(12, 18), math.gcd(-4, 6, 10), math.gcd(2**100, 6**50))
print(math.lcm(), math.lcm(4, 6), math.lcm(0, 5), math.lcm(2, 3, 7))
print(math.isqrt(0), math.isqrt(99), math.isqrt(10**40))
for call in (
    lambda: math.factorial(-1), lambda: math.factorial(2.5), lambda: math.comb(-1, 2), lambda: math.isqrt(-1),
    lambda: math.gcd(1.5), lambda: math.comb(1), lambda: math.sqrt(), lambda: math.sqrt("x"), lambda: math.pow(1),
):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
