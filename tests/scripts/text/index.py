# index and rindex: like find, with an error instead of -1.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print("hello".index("l"), "hello".rindex("l"), "hello".index("", 3), "hello".index("lo", -3))
attempt("hello".index, "x")
attempt("hello".rindex, "x")
attempt("hello".index, "h", 1)
attempt("hello".index, 5)
attempt("hello".index)
