# count without overlap, between positions.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print("banana".count("a"), "banana".count("an"), "banana".count("ana"), "banana".count("x"), "banana".count(""))
print("".count(""), "".count("a"), "aaaa".count("aa"), "abc".count("", 3), "abc".count("", 4), "abc".count("", 1, 2))
print("banana".count("a", 2), "banana".count("a", 2, -1), "banana".count("a", -1), "日本日本".count("日", 1))
attempt("a".count)
attempt("a".count, 1)
attempt("a".count, "a", [])
