# super(): in methods, class methods, properties, comprehensions, with arguments, along a diamond.
class Base:
    def who(self):
        return ["Base"]
    @classmethod
    def make(cls, x):
        return (cls.__name__, x)
    @staticmethod
    def static():
        return "base static"
    @property
    def value(self):
        return 10
class Left(Base):
    def who(self):
        return ["Left"] + super().who()
    @classmethod
    def make(cls, x):
        return super().make(x + 1)
    @property
    def value(self):
        return super().value + 1
class Right(Base):
    def who(self):
        return ["Right"] + super().who()
class Both(Left, Right):
    def who(self):
        return ["Both"] + super().who()
    def static(self):
        return super().static() + "!"
    def kept(self):
        s = super()
        return s.who(), s.value, type(s).__name__, s.__thisclass__.__name__, s.__self__ is self, s.__self_class__.__name__
    def nested(self):
        return (lambda: super(Both, self).who())(), [super(Both, self).value for _ in range(1)]
    def inner(self):
        def f():
            return __class__.__name__
        return f()
b = Both()
print(b.who(), Both.make(1), b.static(), b.value)
print(b.kept())
print(b.nested(), b.inner())
print(super(Left, b).who(), super(Both, b).who(), super(Left, Both).who(b), super(Right, b).value)
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
attempt(lambda: super())
attempt(lambda: super(5))
attempt(lambda: super(Left, 5))
attempt(lambda: super(int, b))
attempt(lambda: super(Both, b).nothing)
attempt(lambda: super(x=1))
class S:
    def __setattr__(self, name, value):
        super().__setattr__(name, ("set", value))
    def __getattribute__(self, name):
        return super().__getattribute__(name)
    def __delattr__(self, name):
        print("delete", name)
        super().__delattr__(name)
s = S()
s.x = 1
print(s.x)
del s.x
print(hasattr(s, "x"))
class Init(list):
    def __init__(self, *items):
        super().__init__(items)
        super().append("end")
print(Init(1, 2))
class New(int):
    def __new__(cls, x):
        return super().__new__(cls, x * 2)
print(New(21), type(New(1)).__name__)
