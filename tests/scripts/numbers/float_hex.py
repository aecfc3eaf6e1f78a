# hex and fromhex.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for number in [0.0, -0.0, 1.0, -1.5, 0.1, 3.14159, 1e300, 5e-324, 2.2250738585072014e-308, float("inf"), float("nan"), 255.0]:
    print(number.hex(), number != number or float.fromhex(number.hex()) == number)
print(float.fromhex("0x1.8p1"), float.fromhex("ff"), float.fromhex("-0x.8"), float.fromhex(" 0x1p-1074 "), float.fromhex("inf"), float.fromhex("-nan") != 0, float.fromhex("1p10"), float.fromhex("0X1.FFFFFFFFFFFFF8p0"))
attempt(float.fromhex, "")
attempt(float.fromhex, "xyz")
attempt(float.fromhex, "0x1p2000")
attempt(float.fromhex, "0x1p")
attempt(float.fromhex, 5)
