"""A bound method kept in an attribute of its own object."""

class Button:
    def __init__(self):
        self.label = ["x"]
        self.on_click = self.clicked
    def clicked(self):
        pass
Button()
