# split by a separator and by whitespace, with limits.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print("a,b,,c".split(","), "a,b,,c".split(",", 2), "a,b,,c".split(",", 0), "".split(","), ",".split(","))
print("  a  b c ".split(), "  a  b c ".split(None, 1), "  a  b c ".split(maxsplit=0), "".split(), "   ".split())
print("a<>b<>c".split("<>"), "aXXXb".split("XX"), "a\u3000b\x1fc".split(), "日、本、語".split("、", maxsplit=1))
print("a b c".split(sep=None, maxsplit=-1), "a-b-c".split(sep="-", maxsplit=1))
print("one two".split(" "), " a ".split(" "))
attempt("a".split, "")
attempt("a".split, 1)
attempt("a".split, ",", "x")
attempt("a".split, ",", 1, 2)
attempt("a".split, separator=",")
attempt("a".split, b",")
