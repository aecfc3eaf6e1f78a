# Instances with more attributes than slots are made for: what one of them learned holds for the next.
lines = "".join(f"        self.a{i} = {i}\n" for i in range(140))
names = {}
exec("class Wide:\n    def __init__(self):\n" + lines, names)
for _ in range(3):
    wide = names["Wide"]()
    print(wide.a0, wide.a127, wide.a128, wide.a139, len(vars(wide)))


# Names made up by a script, far more than a class has shapes for.
class Thing:
    pass


total = 0
for i in range(5000):
    thing = Thing()
    setattr(thing, f"part{i}", i)
    setattr(thing, "common", i)
    total += getattr(thing, f"part{i}") + thing.common
print(total, hasattr(thing, "part0"), vars(thing))
thing = Thing()
thing.common = 1
thing.common = 2
print(vars(thing), thing.common)
