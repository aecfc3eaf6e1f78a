# int() with a base, and the prefixes of literals.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print(int("ff", 16), int("0xff", 16), int("0XFF", 0), int("101", 2), int("0b101", 0), int("0o17", 8), int("0o17", 0), int("z", 36), int("Zz", 36), int("-0x1F", 16), int("1_0", 2), int("0b1_0", 0), int("10", base=3), int(b"ff", 16))
print(0xFF, 0b101, 0o17, 1_000_000, 0xDEAD_BEEF, int("0", 0), int("00", 0), int(" 0x1 ", 0), int("0x_1", 16))
print(bin(10), bin(-10), oct(8), hex(255), hex(-255), bin(0), hex(2**70), oct(-2**65))
attempt(int, "10", 1)
attempt(int, "10", 37)
attempt(int, "10", -2)
attempt(int, "2", 2)
attempt(int, "0x1", 10)
attempt(int, "010", 0)
attempt(int, "0x", 16)
attempt(int, "", 2)
attempt(int, 10, 2)
attempt(int, 1.5, 2)
attempt(int, "1", "2")
attempt(int, base=2)
attempt(int, b"g", 16)
attempt(bin, 1.5)
attempt(hex, "a")
