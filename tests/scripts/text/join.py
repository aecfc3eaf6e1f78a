# join of lists, tuples, generators, strings and instances of subclasses.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print(",".join(["a", "b", "c"]), "".join(("x", "y")), "-".join("abc"), repr(",".join([])), ",".join(["only"]))
print("/".join(str(n) for n in range(5)), " ".join({"k": 1, "v": 2}), "é".join(["日", "本"]))

class Loud(str):
    def __str__(self):
        return "never asked"

print("+".join([Loud("a"), "b"]), type(",".join([Loud("a")])) is str)
attempt(",".join, [1])
attempt(",".join, ["a", None, "b"])
attempt(",".join, ["a", b"b"])
attempt(",".join, 5)
attempt(",".join)
attempt(",".join, ["a"], ["b"])

def failing():
    yield "a"
    raise ValueError("from the generator")

attempt(",".join, failing())
