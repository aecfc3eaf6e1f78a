"""Names that the default of a lambda rebinds in the middle of an expression: what was read before stays what it was."""


def added(a, b, c):
    b += (lambda z=(b := a): z + c)()
    return b


def in_keyword_only(b):
    return b + (lambda *, z=(b := 5): z)(), b


def in_list(b):
    return [b, (lambda z=(b := 7): z)(), b, (lambda y=(lambda z=(b := 8): z): y())(), b]


def in_call(b):
    return "{} {} {}".format(b, (lambda z=(b := [b, b]): z)(), b)


print(added(12, 2, 3), in_keyword_only(1), in_list(2), in_call(3))
