# The % operator of bytes.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print(b"%s %b" % (b"a", bytearray(b"b")), b"%d %x %o %i" % (5, 255, 8, 3.7), b"%c%c" % (65, b"B"), b"%5d|%-5d|%05d" % (1, 2, 3), b"%a %r" % ("é", [1]), b"%.2f %e" % (1.5, 2), b"%%" % (), b"%5s|%-5s|%.1s" % (b"a", b"b", b"cd"))
print(b"%(a)s %(b)d" % {b"a": b"x", b"b": 5}, bytearray(b"%d") % 5, b"%s" % b"x")

class Data:
    def __bytes__(self):
        return b"data"

print(b"%s" % Data())
attempt(lambda: b"%s" % "text")
attempt(lambda: b"%s" % 5)
attempt(lambda: b"%d" % b"5")
attempt(lambda: b"%c" % 256)
attempt(lambda: b"%c" % b"ab")
attempt(lambda: b"%c" % "a")
attempt(lambda: b"%f" % b"x")
attempt(lambda: b"%(a)s" % {"a": b"x"})
attempt(lambda: b"%s" % (b"a", b"b"))
attempt(lambda: b"%s %s" % b"a")
attempt(lambda: b"%y" % 1)
