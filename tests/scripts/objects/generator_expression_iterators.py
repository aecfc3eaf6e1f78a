# A generator expression asks its iterable for an iterator once, where it is written; what it is given then is not asked again.
class Steps:
    def __init__(self, name, count):
        self.name, self.left = name, count

    def __iter__(self):
        print("iter of", self.name)
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.left


steps = (step for step in Steps("a", 2))
print("made")
print(list(steps))
pairs = ((x, y) for x in Steps("b", 2) for y in Steps("c", 1))
print("made")
print(list(pairs))
print(sum(x for x in Steps("d", 3)), max(x for x in Steps("e", 3)), any(x > 5 for x in Steps("f", 2)))
print([x for x in Steps("g", 2)], {x for x in Steps("h", 2)}, {x: 1 for x in Steps("i", 2)})


def delayed():
    inner = (x for x in Steps("j", 2))
    print("made")
    yield from inner


print(list(delayed()))
try:
    (x for x in 5)
except TypeError as error:
    print(error)
for kind in ([1, 2], (1, 2), "ab", range(2), {1: 2}, {1}, iter([1]), zip([1], [2]), (y for y in [3])):
    print(list(x for x in kind))
