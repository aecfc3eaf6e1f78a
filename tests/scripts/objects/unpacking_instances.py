# What cannot be unpacked is named by its type, unless the type says how it is iterated.
class Plain:
    pass


class Wrong:
    def __iter__(self):
        return 5


class Never:
    __iter__ = None


class Items:
    def __getitem__(self, index):
        if index > 1:
            raise IndexError
        return index


class Raises:
    def __iter__(self):
        raise TypeError("of its own")


def unpack(value):
    one, two = value
    return one, two


def star(value):
    one, *two = value
    return one, two


for value in (Plain(), Wrong(), Never(), Items(), Raises(), Plain, object(), len, unpack, NotImplemented):
    for act in (unpack, star, lambda value: [*value], lambda value: [one for one, two in [value]], lambda value: {one: two for (one, two), in [[value]]}):
        try:
            print(act(value))
        except TypeError as error:
            print(error)
