"""Widgets with parents, children and handlers that capture them."""

class Widget:
    def __init__(self, parent=None):
        self.parent = parent
        self.children = []
        self.handlers = {}
        if parent is not None:
            parent.children.append(self)
class Window(Widget):
    def __init__(self):
        super().__init__()
        ok = Widget(self)
        cancel = Widget(self)
        ok.handlers["click"] = lambda: self.close(ok)
        cancel.handlers["click"] = lambda: self.close(cancel)
    def close(self, by):
        pass
Window()
