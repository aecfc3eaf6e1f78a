"""What a slice of a bytearray can be assigned, and what the keyword `reverse` of sorting takes."""

for assign in (lambda b, v: b.__setitem__(slice(3, -2), v), lambda b, v: b.__setitem__(slice(None, None, 2), v)):
    for value in (1.5, 2, True, None, "text", [1, 300], ["a"], object(), b"ab", [7, 8], (n for n in b"xyzw")):
        data = bytearray(range(8))
        try:
            assign(data, value)
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
        print(data)

for reverse in (0, 1, -1, True, 2**31 - 1, 2**31, 2**47 - 1, 2**80, "x", None, 1.0):
    try:
        print(sorted([2, 1, 3], reverse=reverse))
    except (TypeError, OverflowError) as error:
        print(type(error).__name__, error)
