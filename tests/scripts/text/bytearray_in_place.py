# In-place operators of a bytearray keep its identity; special methods by name.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

data = same = bytearray(b"ab")
data += b"c"
data *= 3
print(data, same is data)
data.__setitem__(0, 65)
data.__delitem__(slice(0, 2))
print(data, data.__imul__(2) is data, data, data.__len__(), data.__contains__(97), data.__getitem__(-1))
print(b"%s" .__mod__(b"x"), b"x".__rmod__(b"<%s>"), (b"x").__rmod__(5), "x".__rmod__("<%s>"))
attempt(data.__imul__, "x")
attempt(data.__setitem__, 100, 1)
attempt(bytes, 10**20)
attempt(bytearray, 10**20)
