"""A class made in a function, with a metaclass that keeps its instances."""

class Meta(type):
    registry = []
    def __new__(meta, name, bases, space):
        cls = super().__new__(meta, name, bases, space)
        cls.made = []
        return cls
    def __call__(cls):
        self = super().__call__()
        cls.made.append(self)
        return self
def go():
    class Plugin(metaclass=Meta):
        pass
    Plugin()
    Plugin()
go()
