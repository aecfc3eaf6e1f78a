"""An AttributeError that leaves `__getattr__` says of what object and name it is."""


class Proxy:
    length = 3

    def __getattr__(self, name):
        raise AttributeError(f"no {name}")


class Broken:
    @property
    def other(self):
        return self.missing


class Own(AttributeError):
    pass


class Raises:
    def __getattribute__(self, name):
        raise Own(name) if name == "own" else AttributeError(name, name="given") if name == "given" else AttributeError


def told(function):
    try:
        function()
    except AttributeError as error:
        print(type(error).__name__, error, error.name, type(error.obj).__name__)


told(lambda: Proxy().foo)
told(lambda: getattr(Proxy(), "foo"))
told(lambda: Broken().other)
told(lambda: Raises().x)
told(lambda: Raises().own)
told(lambda: Raises().given)
told(lambda: Proxy().method())
print(hasattr(Proxy(), "foo"), getattr(Proxy(), "foo", "default"))
Proxy().lenght
