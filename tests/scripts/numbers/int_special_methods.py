# Special methods of int and float called by name.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print((5).__add__(3), (5).__radd__(3), (5).__sub__(3), (5).__rsub__(3), (5).__mul__(3), (7).__truediv__(2), (7).__floordiv__(2), (7).__rfloordiv__(15), (7).__mod__(4), (7).__divmod__(4), (7).__rdivmod__(30), (2).__pow__(5), (2).__pow__(5, 7), (2).__rpow__(5), (1).__lshift__(4), (16).__rshift__(2), (6).__and__(3), (6).__or__(3), (6).__xor__(3), (6).__neg__(), (6).__pos__(), (6).__invert__())
print((5).__add__("a"), (5).__add__(1.5), (5).__eq__(5), (5).__eq__("a"), (5).__eq__(5.0), (5).__lt__(6), (5).__ge__(6.5), (5).__hash__() == hash(5), (5).__repr__(), (5).__str__(), (5).__format__("03"), int.__add__(2, 3), int.__mul__(2, True))
print((1.5).__add__(1), (1.5).__radd__(2), (1.5).__mul__("a"), (1.5).__eq__(1.5), (1.5).__eq__("a"), (1.5).__lt__(2), (1.5).__divmod__(1), (1.5).__pow__(2), (1.5).__neg__(), (-1.5).__abs__(), (1.5).__bool__(), (1.5).__int__(), (1.5).__trunc__(), (1.5).__floor__(), (1.5).__ceil__(), (-1.5).__floor__(), (1.5).__round__(), (2.567).__round__(1), (1.5).__repr__(), (1.5).__format__(".2f"), (7.5).__rmod__(20), (2.5).__rfloordiv__(20))
attempt((5).__add__)
attempt((5).__add__, 1, 2)
attempt(int.__add__, "a", 1)
attempt((5).__floordiv__, 0)
