# repr and str of bytes and bytearrays.

for data in [b"", b"abc", b"it's", b'say "hi"', b"it's \"both\"", b"\x00\n\r\t\\\x7f\x80\xff", bytes(range(32)), b"\xc3\xa9"]:
    print(repr(data), str(data), repr(bytearray(data)), ascii(data), f"{data}", "%s %r" % (data, data))
print([b"a", bytearray(b"b")], {b"k": b"v"})
