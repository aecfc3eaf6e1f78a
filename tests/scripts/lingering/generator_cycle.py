"""An object whose generator never came to its end."""

class Pump:
    def __init__(self):
        self.items = [1, 2]
        self.steps = self.run()
        next(self.steps)
    def run(self):
        while self.items:
            yield self.items.pop()
Pump()
