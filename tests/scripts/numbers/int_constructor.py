# int() of text and numbers.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print(int(), int(5), int(5.9), int(-5.9), int("42"), int("-42"), int("  +7\n"), int("1_000"), int(True), int(b"12"), int(bytearray(b"-3")), int("٣٤"), int(1e20), int(2**100))
print(int("0"), int("-0"), int("007"), int("9" * 30), int(1e15), int(-1e18), int(float(2**53)), int(0.99999))
for text in ["", " ", "a", "1.5", "1 2", "--1", "1_", "_1", "1__0", "0x10", "+", "é", "1e5", "\x00", "1\x00"]:
    attempt(int, text)
attempt(int, b"x")
attempt(int, b"\xff")
attempt(int, bytearray(b""))
attempt(int, None)
attempt(int, [])
attempt(int, float("nan"))
attempt(int, float("inf"))
attempt(int, object)
attempt(int, 1, 2, 3)
attempt(int, x=5)
