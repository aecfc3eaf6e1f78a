"""A view that was released gives nothing any more."""
view = memoryview(bytearray(b"abc"))
with view:
    print(bytes(view), view[1])
for use in (
    lambda: bytes(view), lambda: bytearray(view), lambda: memoryview(view), lambda: view[0], lambda: len(view), lambda: view.tobytes(),
    lambda: bytearray().extend(list(view)), lambda: view.nbytes,
):
    try:
        print(use())
    except ValueError as error:
        print(error)
