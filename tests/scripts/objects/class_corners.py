# Corners of classes and instances that other suites look at.
class Thing:
    def __init__(self):
        self.size = 1


thing = Thing()
del thing.__dict__
print(thing.__dict__, hasattr(thing, "size"))
thing.size = 2
print(vars(thing))
try:
    thing.__dict__ = None
except TypeError as error:
    print(error)


class Closed:
    __class_getitem__ = None


try:
    Closed[int]
except TypeError as error:
    print(error)


class Alias:
    def __mro_entries__(self, bases):
        return (Thing,)


class Made(Alias()):
    pass


print(Made.__mro__[1].__name__)
try:
    type("Made", (Alias(),), {})
except TypeError as error:
    print(error)


class Evasive:
    def __len__(self):
        raise RuntimeError("not counted")

    def __iter__(self):
        return iter("ab")


for fill in ([].extend, list, tuple):
    try:
        print(fill(Evasive()))
    except RuntimeError as error:
        print(error)
