# The shortest text that reads back as the same float.

numbers = [0.0, -0.0, 1.0, 0.1, 0.2, 0.1 + 0.2, 1 / 3, 2 / 3, 100.0, 1e15, 1e16, 1e17, 123456789012345680.0, 1e22, 1e23, 1e100, 1.5e300, 1e-4, 1e-5, 0.00012345, 5e-324, 2.2250738585072014e-308,
           1.7976931348623157e308, 9007199254740993.0, 4.35, 0.5, 1e21, 12345.678, 3.141592653589793, 1e-7, 2.5e-8, 1.1e16, 9999999999999998.0, 99999999999999990000.0]
for number in numbers:
    print(number, repr(-number), str(number), float(repr(number)) == number, f"{number}", [number])
print(float("inf"), -float("inf"), float("nan"), 1e308 * 10, -1e308 * 10, 1e16 - 1, 0.1 * 3, 1.1 * 1.1, 1e5 ** 2)
