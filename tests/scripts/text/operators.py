# Operators of str: +, *, in, comparisons, indexing, slicing.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

a, b = "abc", "abd"
print(a + b, a * 3, 2 * a, repr(a * 0), repr(a * -1), "b" in a, "" in a, "bc" in a, "x" not in a)
print(a < b, a <= a, a > b, a >= b, a == "abc", a != b, a == 5, "Z" < "a", "" < "a", "日" > "a", "a" < "a\x00")
print(a[0], a[-1], a[1:], a[:-1], a[::-1], a[::2], repr(a[5:]), a[-100:100], "日本語"[1], "日本語"[::-1], "日本語"[-2:])
print(len(""), len("日本語"), len("😀"), list("héy"), sorted("hello"), max("hello"), tuple("ab"), set("aa"))
attempt(lambda: a + 1)
attempt(lambda: 1 + a)
attempt(lambda: a * 1.5)
attempt(lambda: a * a)
attempt(lambda: a - b)
attempt(lambda: a < 1)
attempt(lambda: a[3])
attempt(lambda: a[-4])
attempt(lambda: a["x"])
attempt(lambda: a[1.0])
attempt(lambda: 1 in a)
attempt(lambda: a[::0])
def assign():
    a[0] = "x"
attempt(assign)
attempt(lambda: -a)
