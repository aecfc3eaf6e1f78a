# Subclasses of tuple, whose contents are fixed by __new__.
class Point(tuple):
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))
    @property
    def x(self):
        return self[0]
    @property
    def y(self):
        return self[1]
    def __add__(self, other):
        return Point(self.x + other[0], self.y + other[1])
    def __repr__(self):
        return f"Point({self.x}, {self.y})"

p = Point(1, 2)
print(p, p.x, p.y, p + (3, 4), p == (1, 2), hash(p) == hash((1, 2)), len(p), list(p))
print({p: "here"}[(1, 2)], {(1, 2): "there"}[p], p in [(1, 2)], isinstance(p, tuple))
x, y = p
print(x, y, p[::-1], type(p[:]).__name__, p * 2, type(p * 1).__name__, sorted([Point(2, 1), Point(1, 5)]))
p.label = "named"
print(p.label, p.__dict__, Point.__mro__)
try:
    p.x = 5
except AttributeError as error:
    print(error)
class Empty(tuple):
    pass
print(Empty(), Empty([1]), type(Empty([1])).__name__, tuple(Empty([1])), Empty([1]) + (2,), bool(Empty()), Empty() == ())
