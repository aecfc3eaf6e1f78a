# Splitting and joining bytes.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print(b"a,b,,c".split(b","), b"a,b,c".split(b",", 1), b" a  b ".split(), b"a b c".split(None, 1), b"".split(), b"".split(b","), b"a,b,c".rsplit(b",", 1), b" a b c ".rsplit(None, 1), b"a b".split(maxsplit=0))
print(b"a\nb\r\nc\rd\x0be".splitlines(), b"a\n\n".splitlines(True), b"a=b=c".partition(b"="), b"a=b=c".rpartition(b"="), b"abc".partition(b"x"), b"abc".rpartition(b"x"))
print(b",".join([b"a", bytearray(b"b")]), bytearray(b"-").join([b"a", b"b"]), b"".join([]), b"".join(bytes([n]) for n in range(3)))
print(bytearray(b"a b").split(), bytearray(b"a=b").partition(b"="), bytearray(b"a\nb").splitlines())
attempt(b"a".split, "a")
attempt(b"a".split, b"")
attempt(b"a".split, 1)
attempt(b"".join, ["a"])
attempt(b"".join, [1])
attempt(b"".join, 5)
attempt(b"a".partition, b"")
attempt(b"a".partition, "x")
