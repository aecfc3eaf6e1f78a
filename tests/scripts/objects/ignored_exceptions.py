# What is said of exceptions that nobody can catch: those of finalizers and of callbacks.
import weakref


class Shown:
    def __init__(self, raised=None):
        self.raised = raised

    def __repr__(self):
        return "<shown>"

    def __call__(self, reference):
        raise self.raised


class Hidden(Shown):
    def __repr__(self):
        raise ValueError("no repr")


class Unfit:
    def __repr__(self):
        return "<unfit>"

    def __call__(self):
        pass


class Chained(Shown):
    def __call__(self, reference):
        try:
            1 / 0
        except ZeroDivisionError as error:
            raise ValueError("own") from error


class Misspelt(Shown):
    def __call__(self, reference):
        raisd = weakrf
        return raisd


class Target:
    pass


class Outer(Exception):
    class Inner(Exception):
        pass


class Silent(Exception):
    def __str__(self):
        raise TypeError


class Elsewhere(Exception):
    __module__ = "elsewhere"


class Nowhere(Exception):
    __module__ = 3


def end(callback):
    target = Target()
    reference = weakref.ref(target, callback)
    del target
    return reference


noted = ValueError("noted")
noted.add_note("a note")
syntax = SyntaxError("bad", ("file", 1, 2, "text"))
parts = ExceptionGroup("parts", [ValueError(1), TypeError(2)])
for raised in [ValueError(), KeyError("x"), Outer.Inner(3), Silent(), Elsewhere(1), Nowhere(2), noted, syntax, parts]:
    end(Shown(raised))
end(Chained())
end(Misspelt())
end(Hidden(ValueError("hidden")))
# What fails before any frame of its own is told of where it happened.
end(Unfit())
end(3)


class Ended:
    __del__ = Shown(ValueError("never called so"))


def make():
    ended = Ended()
    return 1


make()
Ended()
held = Ended()
held = None
raise SystemError("the end")
