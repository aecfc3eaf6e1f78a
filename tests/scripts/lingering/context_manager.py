"""An entered context manager whose generator holds who entered it."""

import contextlib
class Scope:
    def __init__(self):
        self.manager = self.enter()
        self.manager.__enter__()
    @contextlib.contextmanager
    def enter(self):
        yield self
Scope()
