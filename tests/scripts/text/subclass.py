# Subclasses of str keep their methods and give plain strings back.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

class Tag(str):
    def __new__(cls, text, extra=None):
        self = super().__new__(cls, text.upper())
        self.extra = extra
        return self
    def shout(self):
        return self + "!"
    def __repr__(self):
        return "Tag(" + super().__repr__() + ")"

tag = Tag("abc", 5)
print(tag, repr(tag), tag.extra, tag.shout(), type(tag.shout()).__name__, len(tag), tag == "ABC", hash(tag) == hash("ABC"))
print(type(tag.lower()).__name__, type(tag[:]).__name__, type(tag.strip()).__name__, type(str(tag)).__name__, isinstance(tag, str))
print({"ABC": 1}[tag], tag in ["ABC"], "ABC".startswith(tag), tag.join(["x", "y"]), "%s|%5s" % (tag, tag), f"{tag}", "{:>5}".format(tag))
print(tag + tag, tag * 2, tag[0], "B" in tag, sorted([tag, "AB"]), [tag])

class Lazy(str):
    def __str__(self):
        return "from __str__"

print(str(Lazy("x")), Lazy("x"), repr(Lazy("x")), Lazy("x").upper(), "%s" % Lazy("x"), f"{Lazy('x')}")
print(str.upper(tag), str.__len__(tag), str.__add__("a", "b"), "a".__eq__("a"), "a".__eq__(5), "a".__lt__("b"), "a".__contains__("a"), "%s".__mod__(5))
attempt(str.upper, 5)
attempt(str.upper)
