# strip, lstrip and rstrip with and without characters.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

text = "  \t hello \n\u3000"
print(repr(text.strip()), repr(text.lstrip()), repr(text.rstrip()))
print("xyhixyx".strip("xy"), "xyhixyx".lstrip("xy"), "xyhixyx".rstrip("xy"))
print(repr("aaa".strip("a")), repr("".strip()), repr("abc".strip("")), repr(" a ".strip(None)))
print("éüé".strip("é"), "[[x]]".strip("[]"))
attempt("a".strip, 1)
attempt("a".lstrip, b"a")
attempt("a".rstrip, "a", "b")
attempt("a".strip, chars="a")
