# Searching in bytes, for bytes and for numbers.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

data = b"abcabc"
print(data.find(b"c"), data.find(99), data.rfind(b"ab"), data.rfind(97), data.find(b"x"), data.find(b""), data.rfind(b""), data.index(b"b", 2), data.rindex(98), data.count(b"abc"), data.count(99), data.count(b""), data.find(b"c", 3, 5))
print(data.startswith(b"ab"), data.endswith((b"x", b"bc")), data.startswith(b"b", 1), bytearray(data).startswith(bytearray(b"a")), 97 in data, b"bc" in data, b"x" not in data)
print(data.removeprefix(b"abc"), data.removesuffix(b"bc"), bytearray(data).removeprefix(b"a"))
print(data.replace(b"b", b"--"), data.replace(b"b", b"", 1), b"ab".replace(b"", b"."), bytearray(data).replace(b"a", b"x"), data.replace(b"zz", b"y"))
attempt(data.find, "a")
attempt(data.find, 256)
attempt(data.index, b"x")
attempt(data.rindex, 1)
attempt(data.startswith, "a")
attempt(data.startswith, ("a",))
attempt(data.replace, "a", b"b")
attempt(data.count, None)
attempt(lambda: "a" in data)
attempt(lambda: 256 in data)
attempt(data.find)
