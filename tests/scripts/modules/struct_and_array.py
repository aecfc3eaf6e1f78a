# Numbers as bytes, by formats and in arrays.
import array
import struct


def attempt(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


print(struct.calcsize("bi"), struct.calcsize("<bi"), struct.calcsize("3s 2h"), struct.calcsize("@l"), struct.calcsize("=l"))
print(struct.pack("<hIq", -2, 7, -1), struct.pack(">hd", 258, 1.5), struct.pack("<ef", 1.5, -0.1), struct.pack("3s2p?c", b"abcd", b"xyz", [], b"!"))
print(struct.unpack("<hIq", struct.pack("<hIq", -2, 7, -1)), struct.unpack(">hd", struct.pack(">hd", 258, 1.5)), struct.unpack("4p", b"\x02abc"))
target = bytearray(6)
struct.pack_into("<h", target, 2, 513)
struct.pack_into("<h", target, -2, 1)
print(target, struct.unpack_from("<h", target, 2), list(struct.iter_unpack("<h", target)))
form = struct.Struct("<hh")
print(form.size, form.format, form.pack(1, 2), form.unpack(b"abcd"), form.unpack_from(b"abcdef", 1))
for action in (lambda: struct.pack("h", 70000), lambda: struct.pack("B", -1), lambda: struct.pack("h", "x"), lambda: struct.pack("d", "x"),
               lambda: struct.pack("2h", 1), lambda: struct.unpack("h", b"abc"), lambda: struct.calcsize("z"), lambda: struct.pack("<f", 1e300),
               lambda: struct.unpack_from("h", b"ab", 1), lambda: struct.pack_into("h", bytearray(2), 5, 1), lambda: struct.pack("c", b"ab"),
               lambda: struct.pack_into("h", b"ab", 0, 1), lambda: struct.pack("<i", 1 << 40), lambda: form.pack(1)):
    attempt(action)

a = array.array("i", [3, 1, 2])
a.append(-4)
a.extend([5, 6])
a.insert(1, 9)
print(a, len(a), a[0], a[-1], a[1:4], a[::2], a.typecode, a.itemsize, a.tolist(), a.index(9), a.count(1), 2 in a)
a[0] = 30
a[1:3] = array.array("i", [7])
del a[0], a[-2:]
print(a, a.pop(), a, a + a, a * 2, a == array.array("i", a), a < array.array("b", [100]), array.array("d", [1, 2.5]))
a.reverse()
a.remove(7)
a += array.array("i", [8])
a *= 2
print(a, a.tobytes(), bytes(a) == a.tobytes(), sum(a), max(a), memoryview(a)[0], memoryview(a).format, array.array("H", b"\x01\x02\x03\x04"))
a.frombytes(b"\x01\x00\x00\x00")
a.byteswap()
print(a[-1], array.array("u", "né"), array.array("b"), array.array("f", (0.5,)), list(reversed(array.array("B", b"ab"))))
for action in (lambda: array.array("b", [200]), lambda: array.array("B", [-1]), lambda: array.array("B", ["x"]), lambda: array.array("x"),
               lambda: array.array("i").pop(), lambda: array.array("i")[0], lambda: array.array("i", [1]).remove(2), lambda: array.array("i", b"abc"),
               lambda: array.array("i") + [1], lambda: array.array("i").extend(array.array("b")), lambda: array.array("f", ["x"]), lambda: a["x"]):
    attempt(action)
