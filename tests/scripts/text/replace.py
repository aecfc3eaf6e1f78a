# replace with and without a count.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print("banana".replace("a", "o"), "banana".replace("a", "o", 2), "banana".replace("a", "o", 0), "banana".replace("a", "o", -1))
print("banana".replace("an", ""), "abc".replace("", "-"), "abc".replace("", "-", 2), "".replace("", "x"), repr("".replace("a", "x")))
print("aaa".replace("aa", "b"), "日本語".replace("本", "--"), "tick".replace("tick", "tock tock"))
attempt("a".replace, "a")
attempt("a".replace, 1, "b")
attempt("a".replace, "a", None)
attempt("a".replace, "a", "b", "c")
attempt("a".replace, "a", "b", 1, 2)
attempt("a".replace, "a", "b", count=1)
