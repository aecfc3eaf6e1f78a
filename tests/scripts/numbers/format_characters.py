# The format type `c`, at the ends of what it takes.
for number in (65, 0x10FFFF, 0x110000, -1, 2**31, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**70):
    for show in (lambda: format(number, "c"), lambda: "%c" % number, lambda: chr(number)):
        try:
            print(ascii(show()))
        except (OverflowError, ValueError) as error:
            print(number, type(error).__name__, error)
