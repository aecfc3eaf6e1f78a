# rsplit: splits from the right.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print("a,b,,c".rsplit(","), "a,b,,c".rsplit(",", 2), "a,b,,c".rsplit(",", 0), "".rsplit(","))
print("  a  b c ".rsplit(), "  a  b c ".rsplit(None, 1), "  a  b c ".rsplit(maxsplit=0), "   ".rsplit())
print("aXXXb".rsplit("XX"), "a.b.c.d".rsplit(".", maxsplit=2), "日、本、語".rsplit("、", 1))
attempt("a".rsplit, "")
attempt("a".rsplit, 3)
