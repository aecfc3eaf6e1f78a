"""A listener holds its subject, which holds the listener's method."""

class Subject:
    def __init__(self):
        self.listeners = {}
    def on(self, name, call):
        self.listeners.setdefault(name, []).append(call)
class Hud:
    def __init__(self, subject):
        self.subject = subject
        subject.on("hit", self.hit)
    def hit(self):
        pass
def level():
    Hud(Subject())
level()
