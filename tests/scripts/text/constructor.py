# str() of everything, and with encodings.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print(repr(str()), str(5), str(None), str("x"), str(b"x"), str([1, "a"]), str(1.0), str(True), str(object=7))
print(str(b"h\xc3\xa9", "utf-8"), str(bytearray(b"abc"), encoding="ascii"), str(b"a\xff", "ascii", "replace"), str(b"a", errors="strict"))

class Named:
    def __str__(self):
        return "named"

class Wrong:
    def __str__(self):
        return 5

class Sub(str):
    pass

class GivesSub:
    def __str__(self):
        return Sub("sub")

print(str(Named()), type(str(GivesSub())).__name__, type(str(Sub("x"))).__name__)
attempt(str, Wrong())
attempt(str, 5, "utf-8")
attempt(str, "x", "utf-8")
attempt(str, b"x", 5)
attempt(str, b"x", "no-such-encoding")
attempt(str, b"\xff", "utf-8")
attempt(str, 1, 2, 3, 4)
attempt(str, nothing=1)
