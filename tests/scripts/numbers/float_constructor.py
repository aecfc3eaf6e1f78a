# float() of text and numbers.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print(float(), float(5), float("1.5"), float(" -2.5e3\n"), float("1_000.5"), float("inf"), float("-Infinity"), float("nan"), float("+INF"), float(".5"), float("5."), float("1e400"), float("-1e-400"), float(True), float(b"1.25"), float(bytearray(b"2")), float("٣.٥"), float(10**20), float("0x1p3" if False else "8"))
for text in ["", " ", "a", "1.5.2", "1e", "e5", "--1", "1_", "_1", "1__0", "0x10", "infin", "1 2", "nan5", "+", ".", "1e5.5"]:
    attempt(float, text)
attempt(float, b"x")
attempt(float, None)
attempt(float, [])
attempt(float, 10**400)
attempt(float, 1, 2)
attempt(float, x=5)
