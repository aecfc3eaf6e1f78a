# isinstance and issubclass, with tuples, unions and hooks.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

class A: pass
class B(A): pass
print(isinstance(B(), A), isinstance(A(), B), isinstance(1, int), isinstance(True, int), isinstance(1, (str, int)), isinstance("a", (int, (float, str))), isinstance(A, type), isinstance(None, type(None)))
print(issubclass(B, A), issubclass(A, B), issubclass(A, A), issubclass(bool, int), issubclass(int, object), issubclass(B, (int, A)), isinstance(1, ()), issubclass(type, object))
print(isinstance(1, int | str), isinstance(None, int | None), issubclass(int, str | int), isinstance([], str | None))
attempt(lambda: isinstance(1, 2))
attempt(lambda: isinstance(1, "int"))
attempt(lambda: isinstance(1, (2,)))
attempt(lambda: issubclass(1, int))
attempt(lambda: issubclass(int, 1))
attempt(lambda: isinstance(1))
attempt(lambda: isinstance([], list[int]))
class Meta(type):
    def __instancecheck__(cls, value):
        print("check", cls.__name__, value)
        return value == "magic"
    def __subclasscheck__(cls, other):
        print("subclass", cls.__name__, other.__name__)
        return other is int
class Hook(metaclass=Meta): pass
print(isinstance("magic", Hook), isinstance(1, Hook), isinstance(Hook(), Hook), issubclass(int, Hook), issubclass(str, Hook))
class Pretends:
    @property
    def __class__(self):
        return int
print(isinstance(Pretends(), int), type(Pretends()).__name__, isinstance(Pretends(), Pretends), Pretends().__class__)
print(type(1) is int, type([]) == list, type(type), type(A()) is A, A().__class__, B.__bases__, B.__mro__ == (B, A, object))
