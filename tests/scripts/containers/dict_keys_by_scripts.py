# Keys with __eq__ and __hash__ of their own.
class Key:
    def __init__(self, name, hash_value):
        self.name = name
        self.hash_value = hash_value
    def __hash__(self):
        return self.hash_value
    def __eq__(self, other):
        print("eq", self.name, getattr(other, "name", other))
        return isinstance(other, Key) and self.name == other.name
    def __repr__(self):
        return self.name

a, b = Key("a", 1), Key("b", 1)
d = {a: 1}
print(d[a])
d[b] = 2
print(d[b], d[Key("a", 1)], Key("c", 1) in d, Key("a", 2) in d, len(d))
print(1 in d)
del d[Key("a", 1)]
print(d)

class Angry:
    def __hash__(self):
        return 5
    def __eq__(self, other):
        raise RuntimeError("no")
angry = {Angry(): 1}
try:
    angry[Angry()]
except RuntimeError as error:
    print("RuntimeError", error)
class NoHash:
    def __eq__(self, other):
        return True
try:
    {NoHash(): 1}
except TypeError as error:
    print(error)
class BadHash:
    def __hash__(self):
        return "text"
try:
    hash(BadHash())
except TypeError as error:
    print(error)
class Big:
    def __hash__(self):
        return 2 ** 70
print(hash(Big()) == hash(2 ** 70), {Big: 1}[Big])

class Changes:
    def __init__(self, d):
        self.d = d
    def __hash__(self):
        return 7
    def __eq__(self, other):
        self.d.clear()
        return False
mutating = {}
mutating[Changes(mutating)] = 1
mutating[Changes({})] = 2
print(len(mutating))
mutating[Changes(mutating)] = 3
print(len(mutating))
