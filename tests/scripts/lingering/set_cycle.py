"""Objects that keep each other in sets."""

class Body:
    def __init__(self):
        self.touching = set()
def go():
    a, b, c = Body(), Body(), Body()
    for one, other in ((a, b), (b, c), (c, a)):
        one.touching.add(other)
        other.touching.add(one)
go()
