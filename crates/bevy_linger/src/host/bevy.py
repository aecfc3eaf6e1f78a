"""What scripts reach of the game: entities with their components, resources, messages, time, input, and waiting."""

import sys

import _bevy
from _bevy import Color, Entity, Quat, Vec2, Vec3, query, resources, spawn

__all__ = [
    "Color", "Entity", "Message", "Quat", "Script", "Vec2", "Vec3", "Wait",
    "input", "query", "resources", "send", "spawn", "time", "until", "wait",
]


class Script:
    """What an entity's script may inherit from. `entity` is set before `__init__` runs."""

    entity = None


class Message:
    """What `on_message` gets."""

    __slots__ = ("name", "data")

    def __init__(self, name, data):
        self.name = name
        self.data = data

    def __repr__(self):
        return f"Message({self.name!r}, {self.data!r})"


def send(name, data=None, to=None):
    """Sends a message to all scripts, or to those of one entity. It arrives in the next frame."""
    _bevy.send(name, data, to)


class _Time:
    """The game's clock, in seconds."""

    __slots__ = ()

    @property
    def delta(self):
        return _bevy.delta()

    @property
    def elapsed(self):
        return _bevy.elapsed()

    @property
    def frame(self):
        return _bevy.frame()


class _Input:
    """Buttons by Bevy's names: keys ("KeyA", "Space"), mouse ("Left"), gamepad ("South")."""

    __slots__ = ()

    def pressed(self, key):
        return _bevy.key(key, "pressed")

    def just_pressed(self, key):
        return _bevy.key(key, "just_pressed")

    def just_released(self, key):
        return _bevy.key(key, "just_released")

    def mouse_pressed(self, button):
        return _bevy.mouse(button, "pressed")

    def mouse_just_pressed(self, button):
        return _bevy.mouse(button, "just_pressed")

    def gamepad_pressed(self, button):
        return _bevy.gamepad(button, "pressed")

    def gamepad_just_pressed(self, button):
        return _bevy.gamepad(button, "just_pressed")

    def axis(self, name):
        return _bevy.axis(name)


time = _Time()
input = _Input()


class Wait:
    """What a callback yields to go on later."""

    __slots__ = ()


class _Wait(Wait):
    __slots__ = ("seconds",)

    def __init__(self, seconds):
        self.seconds = float(seconds)


class _Until(Wait):
    __slots__ = ("condition",)

    def __init__(self, condition):
        self.condition = condition


def wait(seconds):
    """`yield wait(0.5)` in a callback goes on half a second of game time later."""
    return _Wait(seconds)


def until(condition):
    """`yield until(lambda: ...)` goes on in the first frame in which the condition is true."""
    return _Until(condition)


# ---- for the host ----


def _make(kind, entity):
    instance = kind.__new__(kind)
    instance.entity = entity
    instance.__init__()
    return instance


class _Instance(Script):
    """The state of an entity whose script is a module of functions."""


def _module_class(module):
    """The first class of a module that has callbacks, or else the first that is a Script, if there is one."""
    heir = None
    for value in list(vars(module).values()):
        if isinstance(value, type) and value.__module__ == module.__name__:
            if any(hasattr(value, name) for name in _CALLBACKS):
                return value
            if heir is None and issubclass(value, Script):
                heir = value
    return heir


_CALLBACKS = ("on_spawn", "on_update", "on_fixed_update", "on_message", "on_despawn")


def _advance(generator):
    """Runs a waiting callback on: False when it has ended, else what it waits for."""
    try:
        asked = next(generator)
    except StopIteration:
        return False
    if asked is None:
        return None
    if isinstance(asked, _Wait):
        return asked.seconds
    if isinstance(asked, _Until):
        return asked.condition
    # Raised where it was yielded, which is where it is to be mended.
    generator.throw(TypeError(f"a script yields wait(...), until(...) or nothing, not {type(asked).__name__}"))
    return False


def _place(module):
    """Makes a module of a folder an attribute of its package, as an import would."""
    package, _, name = module.__name__.rpartition(".")
    if package:
        __import__(package)
        setattr(sys.modules[package], name, module)


def _close(generator):
    """Ends a waiting callback whose entity is gone."""
    generator.close()


def _adopt(instance, kind):
    """Makes an instance one of the class as it was loaded anew."""
    instance.__class__ = kind


def _pass_on(old, new, modules):
    """Gives those that imported a module, or functions and classes of it, what it has since it was loaded anew."""
    own = {}
    for name, value in vars(old).items():
        if getattr(value, "__module__", None) == old.__name__ and hasattr(new, name):
            own[id(value)] = name
    for module in modules:
        if module is new:
            continue
        for name, value in list(vars(module).items()):
            if value is old:
                setattr(module, name, new)
            elif id(value) in own:
                setattr(module, name, getattr(new, own[id(value)]))
