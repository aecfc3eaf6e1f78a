# maketrans and translate of bytes.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

table = bytes.maketrans(b"abc", b"xyz")
print(len(table), b"aabbcc-".translate(table), b"hello".translate(None, b"l"), b"abc".translate(table, b"b"), b"abc".translate(table, delete=b"a"), bytearray(b"abc").translate(table))
attempt(bytes.maketrans, b"ab", b"c")
attempt(bytes.maketrans, "a", b"c")
attempt(bytes.maketrans, b"a")
attempt(b"a".translate, b"short")
attempt(b"a".translate, "x")
attempt(b"a".translate)
