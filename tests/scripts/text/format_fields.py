# str.format: numbering, names, attributes, items, conversions.

class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __repr__(self):
        return "Point(%r, %r)" % (self.x, self.y)

point = Point(3, [4, 5])
print("{} {} {}".format(1, "two", None), "{0}{1}{0}".format("a", "b"), "{a}-{b}".format(a=1, b=2), "{0} {name}".format(1, name="n"))
print("{0.x} {0.y[1]} {p.y[0]}".format(point, p=point), "{[k]} {[0]}".format({"k": "v"}, [9]), "{0[a b]}".format({"a b": 1}))
print("{!r} {!s} {!a}".format("é", "é", "é"), "{0!r:>10}|".format("a"), "{{}} {{{}}}".format(1))
print("{0[-1]}".format({"-1": "a string key"}), "{0[1].x}".format([0, point]), "{}".format(point))
print("".format(), "plain".format(1, 2), "{x}".format(**{"x": 1}), "{}{}".format(*"ab"))
