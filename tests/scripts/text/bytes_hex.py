# hex and fromhex of bytes and bytearrays.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

data = b"\x00\x01\xab\xcd\xef\xff"
print(data.hex(), data.hex(":"), data.hex("-", 2), data.hex(":", -4), data.hex(" ", 3), data.hex(sep=".", bytes_per_sep=4), b"".hex(), bytearray(data).hex(b"_"), data.hex(":", 0))
print(bytes.fromhex("00 01 AB cd\n"), bytearray.fromhex("ff00"), bytes.fromhex(""), bytes.fromhex("  "))
attempt(bytes.fromhex, "0")
attempt(bytes.fromhex, "0g")
attempt(bytes.fromhex, "00 1")
attempt(bytes.fromhex, "1 1")
attempt(bytes.fromhex, 5)
attempt(bytes.fromhex, "é0")
attempt(data.hex, "::")
attempt(data.hex, 5)
attempt(data.hex, "é")

class Sub(bytes):
    pass

print(type(Sub.fromhex("00")).__name__, Sub.fromhex("4142"))
