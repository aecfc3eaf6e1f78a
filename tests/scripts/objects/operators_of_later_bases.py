"""Operators of sequences where a class further on in the order of bases has them too, and of texts whose left operand declines."""
def said(make):
    try:
        print(make())
    except TypeError as error:
        print(error)


class Mul:
    def __mul__(self, other):
        return NotImplemented

    def __add__(self, other):
        return "added"


class First(list, Mul):
    pass


class Last(Mul, list):
    pass


said(lambda: First([1]) * First())
said(lambda: First([1]) * 2)
said(lambda: First([1]) + 3)
said(lambda: First([1]) + [2])
said(lambda: Last([1]) * 2)
said(lambda: Last([1]) + 1)


class Text(str):
    pass


class Declines(Text):
    def __mod__(self, other):
        return NotImplemented


said(lambda: Declines("k") % Text())
said(lambda: Declines("%s!") % Text("a"))
said(lambda: Declines("%s!") % "b")
said(lambda: Declines("k") % 5)
