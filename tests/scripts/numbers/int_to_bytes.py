# to_bytes and from_bytes.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), (-1).to_bytes(2, "big", signed=True), (0).to_bytes(0, "big"), (255).to_bytes(), (5).to_bytes(length=3, byteorder="little"), (-128).to_bytes(1, "big", signed=True), (2**70).to_bytes(10, "big"), True.to_bytes(1, "big"))
print(int.from_bytes(b"\x04\x00", "big"), int.from_bytes(b"\x04\x00", "little"), int.from_bytes(b"\xff\xff", "big", signed=True), int.from_bytes(b"", "big"), int.from_bytes([1, 2], "big"), int.from_bytes(b"\x01"), int.from_bytes(bytes=b"\x80", byteorder="little", signed=True), int.from_bytes(bytearray(b"\x00" * 9 + b"\x01"), "big"), int.from_bytes(b"\x01" * 10, "big"))
attempt((256).to_bytes, 1, "big")
attempt((-1).to_bytes, 1, "big")
attempt((128).to_bytes, 1, "big", signed=True)
attempt((1).to_bytes, -1, "big")
attempt((1).to_bytes, 1, "middle")
attempt((1).to_bytes, 1, 5)
attempt((1).to_bytes, "1", "big")
attempt((1).to_bytes, 0, "big")
attempt(int.from_bytes, "abc", "big")
attempt(int.from_bytes, 5, "big")
attempt(int.from_bytes, b"a", "middle")
attempt(int.from_bytes, [256], "big")
attempt(int.from_bytes)

class Sub(int):
    pass

print(type(Sub.from_bytes(b"\x05", "big")).__name__, Sub.from_bytes(b"\x05", "big") + 1, bool.from_bytes(b"\x05", "big"))
