# What the % operator complains about.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

attempt(lambda: "%s %s" % "a")
attempt(lambda: "%s %s" % ("a",))
attempt(lambda: "%s" % ())
attempt(lambda: "%s" % ("a", "b"))
attempt(lambda: "x" % 5)
attempt(lambda: "x" % "y")
attempt(lambda: "%" % ())
attempt(lambda: "%y" % 5)
attempt(lambda: "abc %" % 5)
attempt(lambda: "%é" % 5)
attempt(lambda: "%5" % 5)
attempt(lambda: "%.s|" % "abc")
attempt(lambda: "%*s" % ("a", "b"))
attempt(lambda: "%.*f" % (1.0, 2.0))
attempt(lambda: "%c" % "ab")
attempt(lambda: "%c" % "")
attempt(lambda: "%c" % -1)
attempt(lambda: "%c" % 0x110000)
attempt(lambda: "%c" % 1.5)
attempt(lambda: "%c" % None)
attempt(lambda: "%s" % (1, 2))
attempt(lambda: "%b" % 5)
