# Subclasses of list.
class Stack(list):
    limit = 3
    def push(self, item):
        if len(self) >= self.limit:
            raise OverflowError("full")
        self.append(item)
    def append(self, item):
        print("append", item)
        super().append(item)
    def __getitem__(self, key):
        return ("item", super().__getitem__(key))
    def __repr__(self):
        return f"Stack({list(self)})"

s = Stack([1])
s.push(2)
s.push(3)
print(s, len(s), s[0], s[-1], isinstance(s, list), type(s).__name__)
try:
    s.push(4)
except OverflowError as error:
    print(error)
s.name = "mine"
print(s.name, s.__dict__)
print(s + [9], type(s + [9]).__name__, type(s * 2).__name__, type(s[:1]).__name__, type(s.copy()).__name__)
print(s == [1, 2, 3], [1, 2, 3] == s, s != [1], s < [2], sorted(s, reverse=True))
for item in s:
    print(item, end=" ")
print(3 in s, s.index(2), s.count(1))
s.sort(key=lambda n: -n)
print(s)
s += [7]
print(s, type(s).__name__)
s[0] = "zero"
del s[1]
print(s, list(reversed(s)))

class Named(list):
    def __init__(self, name, *items):
        super().__init__(items)
        self.name = name
    def __len__(self):
        return 99
    def __bool__(self):
        return False
n = Named("n", 1, 2)
print(n, len(n), bool(n), n.name, list.__len__(n), [*n])

class Adds(list):
    def __add__(self, other):
        return Adds(super().__add__(other))
    def __iter__(self):
        return iter(["custom"])
print(type(Adds([1]) + [2]).__name__, len(Adds([1]) + [2]), list(Adds([1])), [*Adds([1])], sum(Adds(), start=""[:0] and 1) if False else "")
