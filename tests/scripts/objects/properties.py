# property: getters, setters, deleters, docstrings, inheritance.
class Circle:
    def __init__(self, r):
        self._r = r
    @property
    def r(self):
        """The radius."""
        print("get")
        return self._r
    @r.setter
    def r(self, value):
        if value < 0:
            raise ValueError("negative")
        print("set", value)
        self._r = value
    @r.deleter
    def r(self):
        print("delete")
        del self._r
    @property
    def area(self):
        return self._r ** 2 * 3
    write_only = property(None, lambda self, v: print("wrote", v))
c = Circle(2)
print(c.r, c.area)
c.r = 5
c.r += 1
del c.r
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
attempt(lambda: c.r)
attempt(lambda: setattr(c, "r", -1))
attempt(lambda: setattr(c, "area", 1))
attempt(lambda: delattr(c, "area"))
attempt(lambda: c.write_only)
c.write_only = 7
print(Circle.r.__doc__, type(Circle.r).__name__, Circle.area.fset, Circle.r.fget.__name__, Circle.r.__isabstractmethod__)
class Sub(Circle):
    @Circle.r.getter
    def r(self):
        return "sub"
s = Sub(1)
print(s.r)
s.r = 3
s.__dict__["r"] = "shadowed?"
print(s.r, Circle.r.__get__(s), Circle.r.__get__(None, Circle) is Circle.r)
Circle.r.__set__(c, 9)
print(c._r)
class Doc:
    x = property(lambda self: 1, doc="given")
    y = property()
print(Doc.x.__doc__, Doc.y.__doc__)
attempt(lambda: Doc().y)
attempt(lambda: setattr(Doc(), "y", 1))
attempt(lambda: property(1, 2, 3, 4, 5))
class Named(property):
    def __init__(self, f):
        super().__init__(f)
        self.extra = f.__name__
class HasNamed:
    @Named
    def thing(self):
        return "thing of " + type(self).__name__
print(HasNamed().thing, HasNamed.thing.extra, isinstance(HasNamed.thing, property))
attempt(lambda: setattr(HasNamed(), "thing", 1))
class Raises:
    @property
    def p(self):
        return self.missing
    def __getattr__(self, name):
        return "fallback " + name
print(Raises().p, Raises().q)
