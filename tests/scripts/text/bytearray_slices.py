# Items and slices of a bytearray, read, assigned and deleted.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

data = bytearray(b"0123456789")
data[0] = 65
data[-1] = 90
print(data, data[1:3], data[::3], data[::-1])
data[1:4] = b"--"
print(data)
data[2:2] = [88, 89]
print(data)
data[::2] = b"....." + b"." * (len(data[::2]) - 5)
print(data)
del data[0]
del data[-2:]
del data[::2]
print(data)
data[:] = b""
print(data)
data = bytearray(b"abc")
data[:] = data
print(data)
def assign(key, value):
    data[key] = value
def delete(key):
    del data[key]
attempt(assign, 10, 1)
attempt(assign, 0, 256)
attempt(assign, 0, "a")
attempt(assign, slice(0, 1), "a")
attempt(assign, slice(0, 1), 5)
attempt(assign, slice(0, 3, 2), b"x")
attempt(assign, "k", 1)
attempt(delete, 10)
print(data)
