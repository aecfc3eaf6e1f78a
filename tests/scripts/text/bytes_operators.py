# Operators, indexing and slicing of bytes.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

data = b"abcdef"
print(data + b"g", data * 2, 2 * b"x", data[0], data[-1], data[1:3], data[::-1], data[::2], len(data), list(data), data == b"abcdef", data == bytearray(b"abcdef"), data == "abcdef", data < b"b", b"a" < bytearray(b"b"))
print(b"a" + bytearray(b"b"), bytearray(b"a") + b"b", hash(b"abc") == hash(bytes([97, 98, 99])), {b"k": 1}[b"k"], sorted([b"b", b"a"]), max(data), bytes(reversed(data)), bool(b""), bool(b"\0"))
attempt(lambda: data + "x")
attempt(lambda: "x" + data)
attempt(lambda: data[6])
attempt(lambda: data["a"])
attempt(lambda: data * 1.5)
attempt(lambda: data < "x")
attempt(hash, bytearray(b"x"))
def assign():
    data[0] = 1
attempt(assign)

class Sub(bytes):
    def __new__(cls, data):
        return super().__new__(cls, data + b"!")
    def first(self):
        return self[0]

sub = Sub(b"x")
print(sub, repr(sub), sub.first(), type(sub).__name__, type(sub[:1]).__name__, type(sub.upper()).__name__, sub == b"x!", isinstance(sub, bytes))
