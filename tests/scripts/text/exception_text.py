# str and repr of exceptions.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for error in [ValueError(), ValueError("a"), ValueError("a", 1), ValueError(""), ValueError(None), KeyError("k"), KeyError(1), KeyError(), KeyError("a", "b"), IndexError("it's"), OSError(2, "gone"),
              StopIteration(5), Exception(Exception("inner")), AttributeError("x"), RuntimeError(("t", "u")), SystemExit(3)]:
    print(repr(error), "|", str(error), "|", error.args)

class Custom(Exception):
    pass

class WithStr(Exception):
    def __str__(self):
        return "custom text"

class WithInit(Exception):
    def __init__(self, a, b):
        super().__init__("from init")
        self.b = b

print(repr(Custom("x", 2)), str(Custom()), repr(WithStr(1)), str(WithStr(1)), repr(WithInit(1, 2)), str(WithInit(1, 2)), f"{Custom('f')}", f"{Custom('f')!r}")
print(UnicodeDecodeError("utf-8", b"ab\xff", 2, 3, "bad"), UnicodeDecodeError("utf-8", b"ab\xff\xfe", 2, 4, "bad"), UnicodeEncodeError("ascii", "aé", 1, 2, "worse"), UnicodeEncodeError("ascii", "日本", 0, 2, "worse"))
print(repr(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad")))
attempt(UnicodeDecodeError, "x")
