"""What scripts reach of the game: entities with their components, resources, messages, time, input, and waiting."""

import sys

import _bevy
from _bevy import Color, Entity, Quat, Vec2, Vec3, plain, query, resources, spawn

__all__ = [
    "Color", "Entity", "Message", "Quat", "Script", "Timer", "Vec2", "Vec3", "Wait",
    "input", "plain", "query", "resources", "send", "spawn", "time", "until", "wait",
]


class Script:
    """What an entity's script may inherit from. `entity` is set before `__init__` runs."""

    entity = None

    def start(self, steps):
        """Runs a generator beside the callbacks, which waits and goes on as they do."""
        _bevy.start(self.entity, steps)


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

    def mouse_just_released(self, button):
        return _bevy.mouse(button, "just_released")

    @property
    def mouse_position(self):
        return _bevy.cursor()

    @property
    def mouse_in_world(self):
        return _bevy.cursor_in_world()

    @property
    def mouse_motion(self):
        return _bevy.mouse_motion()

    @property
    def mouse_scroll(self):
        return _bevy.mouse_scroll()

    def gamepad_pressed(self, button):
        return _bevy.gamepad(button, "pressed")

    def gamepad_just_pressed(self, button):
        return _bevy.gamepad(button, "just_pressed")

    def gamepad_just_released(self, button):
        return _bevy.gamepad(button, "just_released")

    def axis(self, name):
        return _bevy.axis(name)


time = _Time()
input = _Input()


class Timer:
    """Runs out after so many seconds of game time."""

    __slots__ = ("seconds", "_end")

    def __init__(self, seconds):
        self.seconds = float(seconds)
        self.restart()

    def restart(self):
        self._end = _bevy.elapsed() + self.seconds

    @property
    def left(self):
        return max(0.0, self._end - _bevy.elapsed())

    @property
    def done(self):
        return _bevy.elapsed() >= self._end

    def fires(self):
        """Whether it has run out. If so it begins anew, from where it ended, so that none of the time is lost."""
        now = _bevy.elapsed()
        if now < self._end:
            return False
        self._end += self.seconds
        if self._end <= now:
            self._end = now + self.seconds
        return True

    def __repr__(self):
        return f"Timer({self.seconds}, left={self.left})"


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
