# Views of the bytes of other objects.
def attempt(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


data = bytearray(b"0123456789")
view = memoryview(data)
print(len(view), view[0], view[-1], view[2:5].tobytes(), view[::2].tolist(), view[::-3].tobytes())
print(view.readonly, view.itemsize, view.format, view.ndim, view.shape, view.strides, view.nbytes, view.contiguous)
view[0] = 65
view[1:3] = b"BC"
view[8:] = memoryview(b"xy")
print(data, view == data, view == b"ABC34567xy", view[1:3] == b"BC", b"BC" == view[1:3], view != data)
print(list(memoryview(b"abc")), 98 in memoryview(b"abc"), bytes(view[:3]), bytearray(view[3:5]), b"".join([view[:2], b"!"]))
print(b"x" + memoryview(b"y"), b"abcd".find(memoryview(b"cd")), hash(memoryview(b"abc")) == hash(b"abc"), memoryview(b"\x01\xff").hex(":"))
print(view[2:4].obj is data, view.toreadonly().readonly, memoryview(view)[1], int(memoryview(b"12")), float(memoryview(b"1.5")))
wide = memoryview(bytearray(8)).cast("I")
wide[1] = 0x01020304
print(wide.tolist(), wide.nbytes, wide.cast("B").tolist(), wide.tobytes())
with memoryview(b"abc") as inside:
    print(inside[0])
attempt(lambda: inside[0])
attempt(lambda: memoryview("text"))
attempt(lambda: memoryview(b"abc")[5])
attempt(lambda: memoryview(b"abc")["x"])
attempt(lambda: memoryview(b"abc").__setitem__(0, 1))
attempt(lambda: view.__setitem__(0, 256))
attempt(lambda: view.__setitem__(0, "a"))
attempt(lambda: view.__setitem__(slice(0, 2), b"abc"))
attempt(lambda: view.__delitem__(0))
attempt(lambda: hash(view))
attempt(lambda: view + b"")
attempt(lambda: view.cast("I"))
attempt(lambda: view.cast("zz"))
attempt(lambda: wide.cast("d"))
