# Format specifications of strings.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for spec in ["", "s", "5", "<5", ">5", "^5", "*^6", "é>5", ".1", "6.2", "^6.1s", "05", "{<4", "}>4", "<<5", "10s"]:
    print(repr(spec), repr(format("abc", spec)), repr(format("日本", spec)))
for spec in ["d", "+", " ", "#", ",", "=5", "_", "5x", "0=5", "z", ".", "5.", "999999999999999999999", "-5", ">", "f", "n", "c"]:
    attempt(format, "abc", spec)
