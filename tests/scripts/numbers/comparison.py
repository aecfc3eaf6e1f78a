# Comparing ints, floats and bools, exactly.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

big = 2**53
print(big == float(big), big + 1 == float(big), big + 1 > float(big), float(big) < big + 1, 10**400 > 1e308, -10**400 < -1e308, 10**400 > float("inf"), 10**400 < float("inf"), 1 == 1.0 == True, 0 == False == 0.0)
print(1 < 1.5 < 2, 3 > 2.5, 2 >= 2.0, 2 <= 1.9, 2**70 == 2.0**70, 2**70 + 1 == 2.0**70, 2**70 + 1 > 2.0**70, True < 2, True == 1, True is (1 == 1), 1 != 1.0)
print(sorted([3, 1.5, True, 2**60, -1, 0.0, 10**30, -1e20]), max([1, 1.0]), min([True, 1]), 1 in [1.0], 1.0 in {1}, {1: "a"}[True], {1.0: "b"}[1], len({1, 1.0, True}), {0.0: 1, -0.0: 2})
attempt(lambda: 1 < "a")
attempt(lambda: 1.5 >= None)
attempt(lambda: 2**70 > [])
print(1 == "1", 1 != "1", 1.5 == None)
