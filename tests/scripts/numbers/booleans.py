# bool: what is true, and truth values as numbers.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

class Empty:
    def __len__(self):
        return 0

class Never:
    def __bool__(self):
        return False

class Wrong:
    def __bool__(self):
        return 5

class WrongLength:
    def __len__(self):
        return -1

for value in [0, 1, 0.0, -0.0, float("nan"), "", "a", b"", [], [0], (), {}, set(), None, ..., Empty(), Never(), object, range(0), 2**70, bytearray()]:
    print(bool(value), not value, end=" ")
print()
print(True + True, True * 5, -True, +False, ~True, True / 2, True // 1, True % 2, True ** 3, True == 1, True is True, str(True), repr(False), int(True), float(True), True & False, True | False, True ^ True, True & 1, True > False, sum([True, True]), [10, 20][True], "ab"[False])
print(bool.__mro__, isinstance(True, bool), type(True & True).__name__, type(True & 1).__name__, type(True + 0).__name__, True.real, f"{True}", f"{True:d}", f"{True:>6}", "%d %s" % (True, True), bool(), bool(5))
attempt(bool, Wrong())
attempt(bool, WrongLength())
attempt(bool, 1, 2)
attempt(bool, x=1)
attempt(lambda: type("Sub", (bool,), {}))
attempt(lambda: True + "a")
