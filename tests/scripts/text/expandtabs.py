# expandtabs: columns, line ends, sizes.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for size in (0, 1, 4, 8, -3):
    print(repr("a\tbc\tdef\tghij\tk\n\tx\r\ty".expandtabs(size)))
print(repr("01\t012\t0123\t01234".expandtabs()), repr("日\t本".expandtabs(tabsize=4)), repr("".expandtabs()))
attempt("a".expandtabs, "x")
attempt("a".expandtabs, 1, 2)
