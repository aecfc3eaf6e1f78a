# bytes() and bytearray() from everything.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for kind in (bytes, bytearray):
    print(kind(), kind(3), kind(b"abc"), kind(bytearray(b"x")), kind([1, 2, 255]), kind("é", "utf-8"), kind("a", encoding="ascii"), kind(range(3)), kind((65,)), kind(x for x in [1]), kind("é", "ascii", "replace"))
    attempt(kind, "abc")
    attempt(kind, -1)
    attempt(kind, [256])
    attempt(kind, [-1])
    attempt(kind, ["a"])
    attempt(kind, 1.5)
    attempt(kind, None)
    attempt(kind, encoding="ascii")
    attempt(kind, errors="ignore")
    attempt(kind, 5, "ascii")
    attempt(kind, "a", 5)
    attempt(kind, "é", "ascii")
    attempt(kind, {1: 2})
    attempt(kind, object())

class Data:
    def __bytes__(self):
        return b"data"

class Size:
    def __index__(self):
        return 2

class Wrong:
    def __bytes__(self):
        return "text"

print(bytes(Data()), bytes(Size()), bytearray(Size()), bytes(source=b"k"))
attempt(bytes, Wrong())
attempt(bytearray, Data())
