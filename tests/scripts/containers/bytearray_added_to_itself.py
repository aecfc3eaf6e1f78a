"""A bytearray that is added to itself in place is refused, as long as there is something in it; singletons are copied by name."""
array = bytearray(b"ab")
try:
    array += array
except BufferError as error:
    print(error)
print(array, array + array)
empty = bytearray()
empty += empty
print(empty)
array += bytes(array)
array.extend(array)
array *= 2
print(array)
print(Ellipsis.__reduce__(), NotImplemented.__reduce__())
