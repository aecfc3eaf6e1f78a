# The % operator with %d, %i, %u, %x, %X and %o.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for number in [0, 1, -1, 42, -42, 255, -255, 2**40, 10**25, -10**25, True]:
    print("%d %i %u %x %X %o %#x %#X %#o" % ((number,) * 9))
for spec in ["%5d|", "%-5d|", "%05d|", "%+d|", "% d|", "%+05d|", "%.3d|", "%8.3d|", "%-8.3d|", "%08.3d|", "%#8x|", "%#08x|", "%-#8x|", "%#.4x|", "%ld|", "%+ d|", "%-05d|"]:
    print(spec, spec % 42, spec % -42)
print("%d" % 3.99, "%d" % -3.99, "%i" % 1e20)

class Whole:
    def __int__(self):
        return 7
    def __index__(self):
        return 8

print("%d %x" % (Whole(), Whole()))
attempt(lambda: "%d" % "5")
attempt(lambda: "%x" % 5.0)
attempt(lambda: "%o" % "5")
attempt(lambda: "%d" % None)
attempt(lambda: "%d" % float("nan"))
attempt(lambda: "%d" % float("inf"))
attempt(lambda: "%X" % [])
