"""A class with a dict whose attribute hides a slot of its base: the instance's own is in the dict."""


class Base:
    __slots__ = ("a", "b")


class Hiding(Base):
    b = 1


def store(item, value):
    item.b = value
    return item.b


item = Hiding()
for value in range(3):
    print(store(item, value), item.__dict__, Hiding.b)
item.a = "slot"
item.c = "own"
print(item.a, item.c, item.__dict__)
del item.b
print(item.b, item.__dict__)
try:
    del item.b
except AttributeError as error:
    print(error)
other = Hiding()
other.c = 1
for value in "xyz":
    print(store(other, value), other.__dict__)
print(hasattr(other, "a"), item.a)


class Same(Base):
    __slots__ = ()


same = Same()
same.a = 3
same.__class__ = Base
print(type(same).__name__, same.a)
