"""A class made in a function: a class is a cycle, and this one is in a closure too."""

def make():
    class Box:
        @property
        def size(self):
            return Box.scale
        scale = 3
    return Box().size
make()
