# __int__, __index__, __trunc__ and __float__ of classes.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

class AsInt:
    def __int__(self):
        return 5

class AsIndex:
    def __index__(self):
        return 6

class AsTrunc:
    def __trunc__(self):
        return 7

class AsFloat:
    def __float__(self):
        return 1.5

class Wrong:
    def __int__(self):
        return "x"
    def __index__(self):
        return 1.5
    def __float__(self):
        return 1

print(int(AsInt()), int(AsIndex()), float(AsFloat()), float(AsIndex()), [10, 20, 30, 40, 50, 60, 70][AsIndex()], hex(AsIndex()), range(AsIndex()), "a" * AsIndex(), chr(AsIndex()), list(range(10))[: AsIndex()])
attempt(int, Wrong())
attempt(float, Wrong())
attempt(lambda: [1][Wrong()])
attempt(hex, AsInt())
attempt(float, AsInt())
attempt(int, AsFloat())
attempt(lambda: [1][AsInt()])
attempt(range, 1.5)
attempt(int, AsIndex(), 5)
print(int("7", AsIndex()) if False else int("5", AsIndex()))
