# center, ljust, rjust and zfill.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for width in range(0, 8):
    print(repr("abc".center(width)), repr("ab".center(width, "*")), repr("abc".ljust(width, ".")), repr("abc".rjust(width, "é")))
for text in ["42", "-42", "+42", "", "-", "abc", "--1", "é"]:
    print([text.zfill(width) for width in (0, 1, 3, 6)])
print(repr("x".center(-5)), repr("x".ljust(True)))
attempt("a".center)
attempt("a".center, "x")
attempt("a".center, 5, "xy")
attempt("a".ljust, 5, "")
attempt("a".rjust, 5, 3)
attempt("a".center, 1.5)
attempt("a".zfill)
attempt("a".zfill, "1")
attempt("a".zfill, 1, 2)
