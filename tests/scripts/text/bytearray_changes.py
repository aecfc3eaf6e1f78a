# Methods that change a bytearray.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

data = bytearray(b"abc")
data.append(100)
print(data)
data.extend(b"ef")
data.extend([103, 104])
data.extend(x for x in (1, 2))
print(data, len(data))
print(data.pop(), data.pop(0), data.pop(-2), data)
data.insert(0, 65)
data.insert(100, 66)
data.insert(-1, 67)
print(data)
data.remove(65)
data.reverse()
print(data)
copy = data.copy()
data.clear()
print(data, copy, copy is not data)
data += b"xyz"
same = data
data += bytearray(b"!")
data *= 2
print(data, same is data)
attempt(data.append, 256)
attempt(data.append, "a")
attempt(data.append, -1)
attempt(data.extend, "abc")
attempt(data.extend, 5)
attempt(data.extend, [300])
attempt(data.remove, 7)
attempt(data.pop, 100)
attempt(bytearray().pop)
attempt(data.insert, 0)
attempt(data.insert, "0", 1)
attempt(lambda: data + "x")
data.__init__(b"new")
print(data)
