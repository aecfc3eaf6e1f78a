# One instruction meets instances of several classes and lay-outs, which change while it is in use.


class Thing:
    def __init__(self, name):
        self.name = name
        self.hits = 0

    def hit(self, by=1):
        self.hits += by
        return self.hits

    def show(self):
        return f"{self.name}:{self.hits}"


class Orc(Thing):
    def __init__(self, name):
        self.rage = 3
        super().__init__(name)

    def hit(self, by=1):
        self.rage -= 1
        return super().hit(by * 2)


class Ghost(Thing):
    def show(self):
        return "(" + super().show() + ")"


class Wall(Thing):
    __slots__ = ("thickness",)

    def __init__(self, name):
        super().__init__(name)
        self.thickness = 9


def make():
    return [Thing("t"), Orc("o"), Ghost("g"), Wall("w"), Orc("p"), Thing("u")]


def frame(things):
    return [thing.hit() for thing in things], [thing.show() for thing in things], [thing.name for thing in things]


things = make()
for _ in range(12):
    seen = frame(things)
print(seen)

# A method of one class is replaced, another class gets one of its own.
Orc.hit = lambda self, by=1: -1
Wall.show = lambda self: "wall " + str(self.thickness)
for _ in range(12):
    seen = frame(things)
print(seen)

# An instance has its own attribute of a method's name, and loses it.
things[0].show = lambda: "own"
for _ in range(12):
    seen = frame(things)
print(seen)
del things[0].show
print(frame(things)[1])

# A data descriptor takes over a name that instances have.
Ghost.hits = property(lambda self: 100, lambda self, value: log.append(("set", value)))
log = []
for _ in range(9):
    seen = frame(things)
print(seen, log)
del Ghost.hits
print(frame(things)[0])

# Attributes that come and go.
for thing in things[::2]:
    del thing.name
for thing in things:
    try:
        print(thing.name, end=" ")
    except AttributeError as error:
        print(error, end=" ")
print()
for thing in things:
    thing.name = "again"
print([thing.name for thing in things])


# Stores through a hook in one class of several.
class Loud(Thing):
    def __setattr__(self, name, value):
        log.append((name, value))
        object.__setattr__(self, name, value)


log.clear()
mixed = [Thing("a"), Loud("b"), Orc("c"), Loud("d")]
for thing in mixed * 4:
    thing.hits = 5
    thing.fresh = 1
print(log, [thing.fresh for thing in mixed])

# Instances that change their class.
mixed[0].__class__ = Ghost
print([thing.show() for thing in mixed * 3])


# Special methods that decide over attributes.
class Dreamer(Thing):
    def __getattr__(self, name):
        return "dreamt " + name


class Liar(Thing):
    def __getattribute__(self, name):
        return "no " + name


odd = [Dreamer("x"), Liar("y"), Thing("z"), Dreamer("v")]
for _ in range(3):
    for thing in odd:
        try:
            print(thing.name, thing.colour, end="; ")
        except AttributeError as error:
            print(error, end="; ")
print()


# Classes that come and go: their numbers are never used again.
def passing(index):
    class Passing:
        def __init__(self):
            self.index = index

        def get(self):
            return self.index

    return Passing()


total = 0
for index in range(3000):
    total += passing(index).get()
print(total)
