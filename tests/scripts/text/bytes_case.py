# Case, classes and padding of bytes.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for data in [b"", b"hello World", b"ABC", b"abc1", b"12", b" \t\x0b", b"They're Here", b"\xe9A", b"Title Case"]:
    print(data.upper(), data.lower(), data.title(), data.capitalize(), data.swapcase(), [getattr(data, name)() for name in ["isalnum", "isalpha", "isascii", "isdigit", "islower", "isspace", "istitle", "isupper"]])
print(b"abc".center(8), b"ab".center(5, b"*"), b"abc".ljust(5, b"."), b"abc".rjust(6), b"-5".zfill(5), b"+".zfill(3), b"a\tb".expandtabs(4), bytearray(b"x").center(3, b"-"))
print(b"  a ".strip(), b"  a ".lstrip(), b"  a ".rstrip(), b"xyaxy".strip(b"yx"), bytearray(b" a ").strip(), b"\x0b\x0ca\x0b".strip())
attempt(b"a".center, 5, "x")
attempt(b"a".center, 5, b"xy")
attempt(b"a".ljust, "x")
attempt(b"a".strip, "a")
attempt(b"a".upper, 1)
attempt(bytearray(b"a").upper, 1)
attempt(b"a".zfill)
