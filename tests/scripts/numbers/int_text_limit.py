# Long numbers as text, and the limit of 4300 digits.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print(len(str(10**4299)), len(repr(-10**4299)), int("1" * 4300) % 1000, len(hex(10**5000)), len("%x" % 10**5000), int("f" * 5000, 16) % 1000)
attempt(str, 10**4300)
attempt(repr, -10**4300)
attempt(int, "1" * 4301)
attempt(lambda: "%d" % 10**4300)
attempt(lambda: f"{10**4300}")
attempt(format, 10**4300, "d")
attempt(lambda: [10**4300].__repr__())
attempt(float, 10**4300)
