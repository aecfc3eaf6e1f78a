"""A cached property whose value leads back."""

import functools
class Ship:
    @functools.cached_property
    def hull(self):
        return Hull(self)
class Hull:
    def __init__(self, ship):
        self.ship = ship
def go():
    Ship().hull
go()
