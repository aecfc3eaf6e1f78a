"""A weak reference whose callback is a method of its owner."""

import weakref
class Owner:
    def __init__(self, thing):
        self.thing = thing
        self.ref = weakref.ref(thing, self.gone)
    def gone(self, ref):
        pass
class Thing:
    pass
def go():
    Owner(Thing())
go()
