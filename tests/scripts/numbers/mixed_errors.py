# Operators on numbers and what does not go with them.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

values = [5, 1.5, True, 2**70]
for value in values:
    attempt(lambda: value + "a")
    attempt(lambda: value - None)
    attempt(lambda: value * {})
    attempt(lambda: [] / value)
    attempt(lambda: value ** ())
    attempt(lambda: value % object)
    attempt(lambda: value[0])
    attempt(lambda: value())
    attempt(lambda: len(value))
    attempt(lambda: iter(value))
    attempt(lambda: value < "a")
    attempt(lambda: value.append(1))
    attempt(lambda: 1 in value)
def add_to(value):
    value += "a"
def shift(value):
    value <<= 1.5
attempt(add_to, 5)
attempt(add_to, 1.5)
attempt(shift, 5)
attempt(lambda: -"a")
attempt(lambda: +[])
attempt(lambda: ~1.5)
attempt(abs, "a")
