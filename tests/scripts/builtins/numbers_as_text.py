# bin, oct, hex, chr, ord, ascii, repr, format.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print(bin(10), bin(-5), bin(0), oct(64), oct(-8), hex(255), hex(-255), hex(2 ** 70), bin(True))
class I:
    def __index__(self):
        return 10
print(bin(I()), oct(I()), hex(I()))
attempt(lambda: bin(1.0))
attempt(lambda: hex("a"))
attempt(lambda: oct())
print(chr(65), chr(233), chr(8364), chr(128512), ord("A"), ord("é"), ord("😀"), ord(b"z"), ord(bytearray(b"q")))
attempt(lambda: chr(-1))
attempt(lambda: chr(0x110000))
attempt(lambda: chr("a"))
attempt(lambda: chr(1.5))
attempt(lambda: ord("ab"))
attempt(lambda: ord(""))
attempt(lambda: ord(1))
attempt(lambda: ord(b"ab"))
print(ascii("héllo\n"), ascii(["é", 1]), repr("it's"), repr('"'), repr("a\tb\\"), repr(b"\x00a"), ascii("😀"))
print(format(3.14159, ".2f"), format(42, "x"), format("a", ">5"), format(1), format("s", ""), format(255, "#b"))
class F:
    def __format__(self, spec):
        return f"<{spec}>"
print(format(F(), "abc"), format(F()), f"{F():x}{F()}")
class Bad:
    def __format__(self, spec):
        return 5
    def __repr__(self):
        return 6
attempt(lambda: format(Bad(), ""))
attempt(lambda: repr(Bad()))
attempt(lambda: format(1, 2))
attempt(lambda: format([], "x"))
attempt(lambda: format(object(), ">10"))
attempt(lambda: format("a", "d"))
attempt(lambda: format(1, "s"))
