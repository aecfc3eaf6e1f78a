"""Links of a ring without dicts."""

class Link:
    __slots__ = ("next", "value")
    def __init__(self, value):
        self.value = value
        self.next = self
def go():
    first = Link([1])
    second = Link({})
    first.next, second.next = second, first
go()
Link(3)
