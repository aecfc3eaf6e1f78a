# __format__, and what format() does with classes that have none.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

class Money:
    def __init__(self, cents):
        self.cents = cents
    def __format__(self, spec):
        return "<%d:%s>" % (self.cents, spec)

class Plain:
    def __str__(self):
        return "plain"

class Wrong:
    def __format__(self, spec):
        return 5

print(format(Money(5)), format(Money(5), "abc"), "{:x y}".format(Money(7)), f"{Money(1):>5}", f"{Money(1)}", "{0!s:>3}|".format(Plain()))
print(format(Plain()), "{}".format(Plain()), f"{Plain()}", f"{Plain()!s:>7}")
attempt(format, Plain(), "5")
attempt(lambda: f"{Plain():5}")
attempt(format, Wrong())
attempt(lambda: "{}".format(Wrong()))
attempt(format, 5, 5)
attempt(format, [], "x")
attempt(format, None, "x")
attempt(format, {}, "")
attempt(format)

class Int(int):
    def __str__(self):
        return "an int"

class Text(str):
    def __str__(self):
        return "a text"

print(format(Int(5)), format(Int(5), "d"), f"{Int(5)}", f"{Int(5):3}|", format(Text("x")), format(Text("x"), "3") + "|")
print(object.__format__(5, ""), int.__format__(255, "x"), str.__format__("a", ">3"), float.__format__(1.5, ".3f"))
attempt(object.__format__, 5, "x")
