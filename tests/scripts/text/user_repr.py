# __repr__ and __str__ of classes, inherited, missing and wrong.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

class OnlyRepr:
    def __repr__(self):
        return "R"

class OnlyStr:
    def __str__(self):
        return "S"

class Both(OnlyRepr):
    def __str__(self):
        return "B"

class WrongRepr:
    def __repr__(self):
        return None

class Raising:
    def __repr__(self):
        raise ValueError("no repr")

class Sub(str):
    pass

class SubRepr:
    def __repr__(self):
        return Sub("sub repr")

print(OnlyRepr(), repr(OnlyRepr()), [OnlyRepr()], str(OnlyRepr()), OnlyStr(), Both(), repr(Both()), {"k": Both()}, (Both(),))
print(repr(OnlyStr()).startswith("<__main__.OnlyStr object at 0x"), f"{OnlyStr()}", f"{Both()!r}", "%r" % Both())
print(repr(SubRepr()), [SubRepr()], f"{SubRepr()!r}")
attempt(repr, WrongRepr())
attempt(str, WrongRepr())
attempt(lambda: [WrongRepr()])
attempt(repr, Raising())
attempt(print, Raising())
attempt(lambda: "%s" % Raising())

class Meta(type):
    def __repr__(cls):
        return "Meta:" + cls.__name__

class WithMeta(metaclass=Meta):
    pass

print(WithMeta, repr(WithMeta), str(WithMeta), f"{WithMeta}", [WithMeta], type(WithMeta))
instance = OnlyStr()
instance.__repr__ = lambda: "from the instance"
print(repr(instance).startswith("<__main__.OnlyStr"))
