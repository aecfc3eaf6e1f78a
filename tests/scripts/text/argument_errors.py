# What str methods say about the number and names of their arguments.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

attempt("a".upper, 1)
attempt("a".upper, x=1)
attempt("a".isalpha, 1, 2)
attempt("a".join)
attempt("a".strip, "a", "b")
attempt("a".center, 1, "x", 2)
attempt("a".replace)
attempt("a".startswith, "a", 1, 2, 3)
attempt("a".encode, "utf-8", encoding="utf-8")
attempt("a".split, maxsplit="x")
attempt("a".splitlines, keepends=True, other=1)
attempt("a".find, sub="a")
attempt("a".translate, 1, 2)
attempt("a".zfill, width=1)
attempt(lambda: "a".nothing)
attempt(lambda: "a".nothing())
