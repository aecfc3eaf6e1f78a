"""Builtin classes that have the methods of order and decline by them, which a second base does not stand in for."""


class Measured:
    def __lt__(self, other):
        return "measured"

    __le__ = __gt__ = __ge__ = __lt__


class Inventory(dict, Measured):
    pass


for left, right in ((Inventory(), Measured()), (Inventory(), {}), ({}, {}), (range(3), range(3)), (Measured(), Inventory())):
    for name in ("__lt__", "__le__", "__gt__", "__ge__"):
        try:
            print(name, getattr(type(left), name)(left, right))
        except TypeError as error:
            print(name, error)
    for compare in (lambda: left < right, lambda: left >= right):
        try:
            print(compare())
        except TypeError as error:
            print(error)
