array = bytearray(b"abc")
for value in 5, "x", b"y":
    try:
        array[::0] = value
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
