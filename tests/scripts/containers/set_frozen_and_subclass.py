# Frozen sets, and subclasses of both kinds.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

f = frozenset([1, 2])
print(f, hash(f) == hash(frozenset([2, 1])), {f: 1}[frozenset([2, 1])], f.copy() is f, frozenset(f) is f)
attempt(lambda: f.add(3))
attempt(lambda: f.clear())
print(f | {3}, f & {1}, f - {1}, f ^ {1, 5}, f <= {1, 2, 3})
g = f
g |= {9}
print(g, f, type(g).__name__)
class Tags(set):
    def add(self, tag):
        print("adding", tag)
        super().add(tag)
    def __contains__(self, tag):
        return super().__contains__(tag) or tag == "any"
t = Tags([1, 2])
t.add(3)
t.kind = "k"
print(t, len(t), "any" in t, 9 in t, t.kind, type(t | {5}).__name__, type(t.copy()).__name__, t == {1, 2, 3}, Tags())
t |= {7}
print(t, type(t).__name__)
class Fixed(frozenset):
    def __new__(cls, *items):
        return super().__new__(cls, items)
    def __repr__(self):
        return "Fixed" + super().__repr__()
x = Fixed(1, 2)
print(x, hash(x) == hash(frozenset((1, 2))), x == {1, 2}, {x: 1}[frozenset([1, 2])], x | {3}, Fixed())
class Plain(frozenset):
    pass
print(Plain([1]), Plain(), {Plain([1])})
def grow():
    s = {1, 2, 3}
    for item in s:
        s.add(item + 10)
attempt(grow)
def hold():
    s = {1, 2, 3}
    for item in s:
        s.discard(item)
        s.add(item)
    return s
attempt(hold)
print(sorted(set("mississippi")), sorted({(1, "b"), (1, "a")}))
