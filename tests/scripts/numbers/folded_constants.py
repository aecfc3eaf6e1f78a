# Expressions of literals are computed ahead; equal constants of one source are one object.


def first():
    here, there = 2**64 - 1, 2**64 - 1
    return here, here is there


def second():
    return 2**64 - 1


print(first()[1], first()[0] is second(), second() is second())

fives, more = (0,) * 5, (0,) * 5
print(fives is more, fives, (1, 2) + (3,), b"ab" * 3, 3 * b"ab", -3 * (1,), 2 * (3, 4), b"x" + b"y")
print(len(((((0,) * 256,) * 256,) * 256,) * 256), len("a" * 5000))


def defaults(*, pair=(1, (2, 3.0, -0.0, 0.0))):
    same = (1, (2, 3.0, -0.0, 0.0))
    signs = (1, (2, 3.0, 0.0, -0.0))
    return same is pair, signs is pair, signs


print(defaults())
print((1, 2.0), (1.0, 2), (True, 2), (1, True, 1.0), {1: "one"}[True])

print(10**30 // -7, 10**30 % -7, -(10**30) >> 3, ~(2**70), +(2**70), 2**70 ^ 5, 2**70 & 2**71 - 1, 2**70 | 1)
print(1 << 200, -(2**63), -(2**63) // -1, 7 // -2, 7 % -2, -7 // 2, 5 >> 70, 9223372036854775807 + 1)
print(2**-2, (-2) ** 3, 0**0, 2**127, 2**128, 2**129 - 2**128 * 2, 2**64 * 2**63, 3**100 % 10**20)

for text in "1 << -1", "1 >> -1", "1 % 0", "2**70 // 0", "2**70 % 0", "0.0 / 0", "1 << (1 << 100)":
    try:
        print(text, "=", eval(text))
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        print(text, type(error).__name__, error)
