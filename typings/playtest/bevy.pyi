"""What scripts reach of the game. Written by the game itself: see docs/scripting.md."""

from typing import Any, Callable, Generator, Iterable, Iterator, Literal, Self, overload

def spawn(*names: str, **components: Any) -> Entity:
    """Makes an entity of these components: `spawn("Enemy", Transform={"translation": Vec3(1, 2, 3)})`."""
def query(*names: str, without: str | list[str] = ...) -> list[Entity]:
    """The entities that have all of these components now, and none of those it is to be without."""
def send(name: str, data: Any = ..., to: Entity | None = ...) -> None:
    """Sends a message of plain data to all scripts, or to those of one entity. It arrives in the next frame."""
def wait(seconds: float) -> Wait:
    """`yield wait(0.5)` in a callback goes on half a second of game time later."""
def until(condition: Callable[[], object]) -> Wait:
    """`yield until(lambda: ...)` goes on in the first frame in which the condition is true."""

def plain(value: Any, /) -> Any:
    """A copy of a component, a resource, a part of one or a vector as lists, dicts, numbers and texts: what `json.dumps` takes, and what can be assigned back."""

time: _time
"""The game's clock."""
input: _input
"""Keyboard, mouse and gamepads."""
resources: _resources
"""The game's resources by their short type names: `resources.Score.points += 1`."""

_waits = Generator[Wait | None, None, None]

class Script:
    """What an entity's class may inherit from. Each callback may be left out, and each may yield to go on later. A module without a class may have them as functions; one with a function `update(dt)` is called each frame by itself, without an entity."""

    entity: Entity
    """Whose script it is. It is there already when `__init__` runs."""
    def start(self, steps: Generator[Wait | None, Any, Any], /) -> None:
        """Runs a generator beside the callbacks: `self.start(self.blink())`. It waits and goes on as a callback does, ends with the script, and earlier by its own `close()`."""
    def on_spawn(self) -> _waits | None:
        """Called once, in the frame in which the entity is first seen with the script."""
    def on_update(self, dt: float) -> _waits | None:
        """Called each frame with the seconds since the last, and not while an earlier call of it waits."""
    def on_fixed_update(self, dt: float) -> _waits | None:
        """Called each fixed step with its seconds, and not while an earlier call of it waits."""
    def on_message(self, message: Message) -> _waits | None:
        """Called for each message to everybody or to this entity, in the frame after it was sent."""
    def on_despawn(self) -> None:
        """Called when the entity is gone or has lost its script. `self.entity` leads nowhere by then."""

class Entity:
    """An entity. Its components are attributes by their short type names; setting one inserts or changes it."""

    @property
    def id(self) -> str:
        """Its number and generation: `"12v3"`."""
    @property
    def alive(self) -> bool:
        """Whether it is still there. What is gone raises `LookupError` when a component of it is asked for."""
    parent: Entity | None
    """Whose child it is. It can be set: `shot.parent = None`."""
    @property
    def children(self) -> list[Entity]:
        """Its children now."""
    @property
    def components(self) -> list[str]:
        """The names of its components, as far as scripts can reach them: good to print."""
    def has(self, name: str, /) -> bool:
        """Whether it has a component."""
    def insert(self, *names: str, **components: Any) -> Entity:
        """Inserts components, by name alone or with their fields: `insert("Enemy", Health={"points": 3})`. Returns itself."""
    def remove(self, name: str, /) -> bool:
        """Takes a component away. Whether it was there."""
    def despawn(self) -> None:
        """Removes it from the game, and its children with it."""
    def add_child(self, child: Entity, /) -> None:
        """Makes another entity its child."""
    Body: _Body
    Enemy: _Enemy
    Fading: _Fading
    Pickup: _Pickup
    Ship: _Ship
    Shot: _Shot

class _part:
    """What lists, maps, sets and variants of components have. To an editor they are `list`, `dict`, `set`; a field is an attribute."""

    variant: str
    """The name of the variant that an enum has chosen."""
    def append(self, value: Any, /) -> None:
        """Puts a value at a list's end."""
    def extend(self, values: Iterable[Any], /) -> None:
        """Puts all of them at a list's end."""
    def insert(self, index: int, value: Any, /) -> None:
        """Puts a value into a list before that place."""
    def remove(self, value: Any, /) -> None:
        """Takes the first such value out of a list, or a value out of a set; a `ValueError` where there is none."""
    def pop(self, key: Any = ..., default: Any = ..., /) -> Any:
        """Takes out a list's item at that place, or its last, or a map's value under the key, and returns a copy of it."""
    def clear(self) -> None:
        """Takes everything out."""
    def add(self, value: Any, /) -> None:
        """Puts a value into a set."""
    def discard(self, value: Any, /) -> None:
        """Takes a value out of a set, if it is there."""
    def get(self, key: Any, default: Any = ..., /) -> Any:
        """A map's value under the key, or the default."""
    def setdefault(self, key: Any, default: Any = ..., /) -> Any:
        """A map's value under the key, which is set to the default if there is none."""
    def update(self, *entries: Any, **named: Any) -> None:
        """Sets entries of a map by a dict or by name, or puts values into a set."""
    def keys(self) -> list[Any]:
        """A map's keys, in order."""
    def values(self) -> list[Any]:
        """A map's values, in the keys' order."""
    def items(self) -> list[tuple[Any, Any]]:
        """A map's pairs of key and value, in the keys' order."""
    def __getitem__(self, key: Any) -> Any:
        """`part[key]`: an item of a list or a variant by its place, a map's value by its key. Of a list also `part[1:3]`, a copy."""
    def __setitem__(self, key: Any, value: Any) -> None:
        """`part[key] = value`: replaces an item, or sets a map's value."""
    def __delitem__(self, key: Any) -> None:
        """`del part[key]`: takes an item out of a list, a key out of a map."""
    def __contains__(self, value: Any) -> bool:
        """`value in part`: whether it holds that; of a map, whether it has the key."""
    def __eq__(self, other: object, /) -> bool:
        """`part == other`: whether it is as another part, or as the plain list, dict or set."""
    def __iadd__(self, values: Iterable[Any], /) -> Self:
        """`part += values`: puts them at a list's end."""
    def __ior__(self, values: Any, /) -> Self:
        """`part |= other`: sets entries of a map, or puts values into a set."""
    def __len__(self) -> int:
        """`len(part)`: how many items it has."""
    def __iter__(self) -> Iterator[Any]:
        """`for item in part`: goes through items, or through keys in order."""

class _time:
    """`time`: the game's clock"""

    @property
    def delta(self) -> float:
        """Seconds of game time since the frame before; inside of `on_fixed_update`, of the step."""
    @property
    def elapsed(self) -> float:
        """Seconds of game time since the start."""
    @property
    def frame(self) -> int:
        """The frame's number."""

class _input:
    """`input`: keyboard, mouse and gamepads, by Bevy's names"""

    def pressed(self, key: str) -> bool:
        """Whether a key is down: `"KeyA"`, `"Space"`, `"ArrowLeft"`."""
    def just_pressed(self, key: str) -> bool:
        """Whether it went down in this frame."""
    def just_released(self, key: str) -> bool:
        """Whether it went up in this frame."""
    def mouse_pressed(self, button: str) -> bool:
        """Whether a button of the mouse is down: `"Left"`, `"Right"`, `"Middle"`."""
    def mouse_just_pressed(self, button: str) -> bool:
        """Whether it went down in this frame."""
    def mouse_just_released(self, button: str) -> bool:
        """Whether it went up in this frame."""
    @property
    def mouse_position(self) -> Vec2 | None:
        """Where the cursor is in the window, in pixels from the upper left corner; `None` where it is elsewhere."""
    @property
    def mouse_in_world(self) -> Vec2 | None:
        """The same in the world of a 2D game, as its camera sees it."""
    @property
    def mouse_motion(self) -> Vec2:
        """How far the mouse was moved in this frame."""
    @property
    def mouse_scroll(self) -> Vec2:
        """How far its wheel was turned in this frame."""
    def gamepad_pressed(self, button: str) -> bool:
        """Whether a button of any gamepad is down: `"South"`, `"DPadUp"`, `"LeftTrigger"`."""
    def gamepad_just_pressed(self, button: str) -> bool:
        """Whether it went down in this frame."""
    def gamepad_just_released(self, button: str) -> bool:
        """Whether it went up in this frame."""
    def axis(self, name: str) -> float:
        """The axis of the gamepad that is moved furthest, from -1 to 1: `"LeftStickX"`."""

class Message:
    """What `on_message` gets."""

    name: str
    """What it is about."""
    data: Any
    """What was sent along: plain data."""

class Timer:
    """Runs out after so many seconds of game time: `if self.gun.fires(): ...`."""

    seconds: float
    """For how long it runs."""
    def __init__(self, seconds: float) -> None:
        """One that begins now."""
    @property
    def left(self) -> float:
        """Seconds until it runs out."""
    @property
    def done(self) -> bool:
        """Whether it has run out."""
    def restart(self) -> None:
        """Begins anew, now."""
    def fires(self) -> bool:
        """Whether it has run out. If so it begins anew, so that it fires once each so many seconds."""

class Wait:
    """What `wait` and `until` return: good for nothing but to be yielded."""

class _numbers:
    """What `Vec2`, `Vec3`, `Quat` and `Color` have in common"""

    def __len__(self) -> int:
        """`len(v)`: how many numbers it has."""
    def __getitem__(self, index: int) -> float:
        """`v[0]`: the number at that place; below 0 counted from the end."""
    def __iter__(self) -> Iterator[float]:
        """`x, y = v`: goes through the numbers."""
    def __neg__(self) -> Self:
        """`-v`: each number negated."""
    def __add__(self, other: Self) -> Self:
        """`a + b`: number by number."""
    def __sub__(self, other: Self) -> Self:
        """`a - b`: number by number."""
    def __rmul__(self, other: float) -> Self:
        """`2 * v`: each number times that."""
    def __truediv__(self, other: float) -> Self:
        """`v / 2`: each number divided by that."""
    def length(self) -> float:
        """The root of the sum of the squares."""
    def length_squared(self) -> float:
        """The sum of the squares: cheaper than the length, and as good to compare."""
    def normalized(self) -> Self:
        """The same direction at length one. Zero stays zero."""
    def dot(self, other: Self, /) -> float:
        """The dot product."""
    def distance(self, other: Self, /) -> float:
        """The length of the difference."""
    def lerp(self, other: Self, share: float, /) -> Self:
        """What lies between: this at share 0, the other at share 1."""
    def copy(self) -> Self:
        """The same numbers with no component behind them: setting a part of it changes nothing else."""

class Vec2(_numbers):
    """A vector of two numbers. One that was read from a component writes through when a part of it is set."""

    x: float
    """To the right, usually."""
    y: float
    """Up, usually."""
    def __init__(self, x: float = ..., y: float = ...) -> None:
        """All of its numbers, or none for zero."""
    def __mul__(self, other: float | Vec2) -> Vec2:
        """`v * other`: times a number, or number by number."""
    @staticmethod
    def from_angle(angle: float, /) -> Vec2:
        """The direction of that angle, in radians from the right."""
    def angle(self) -> float:
        """Its angle in radians: 0 to the right, counted towards up."""
    def rotated(self, angle: float, /) -> Vec2:
        """Turned by that angle."""
    def extend(self, z: float, /) -> Vec3:
        """With a third number."""
    def min(self, other: Self, /) -> Self:
        """Number by number the smaller one."""
    def max(self, other: Self, /) -> Self:
        """Number by number the larger one."""
    def clamp_length_max(self, most: float, /) -> Self:
        """The same direction, no longer than that."""
    def move_towards(self, target: Self, step: float, /) -> Self:
        """Closer to the target by a step, and never past it."""
    def __abs__(self) -> Self:
        """`abs(v)`: each number without its sign."""
    def __round__(self) -> Self:
        """`round(v)`: each number rounded."""

class Vec3(_numbers):
    """A vector of three numbers. One that was read from a component writes through when a part of it is set."""

    x: float
    """To the right, usually."""
    y: float
    """Up, usually."""
    z: float
    """Towards the camera, usually."""
    def __init__(self, x: float = ..., y: float = ..., z: float = ...) -> None:
        """All of its numbers, or none for zero."""
    def __mul__(self, other: float | Vec3) -> Vec3:
        """`v * other`: times a number, or number by number."""
    @property
    def xy(self) -> Vec2:
        """The first two numbers: a copy."""
    def cross(self, other: Vec3, /) -> Vec3:
        """The cross product."""
    def min(self, other: Self, /) -> Self:
        """Number by number the smaller one."""
    def max(self, other: Self, /) -> Self:
        """Number by number the larger one."""
    def clamp_length_max(self, most: float, /) -> Self:
        """The same direction, no longer than that."""
    def move_towards(self, target: Self, step: float, /) -> Self:
        """Closer to the target by a step, and never past it."""
    def __abs__(self) -> Self:
        """`abs(v)`: each number without its sign."""
    def __round__(self) -> Self:
        """`round(v)`: each number rounded."""

class Quat(_numbers):
    """A rotation. One that was read from a component writes through when a part of it is set."""

    x: float
    """The first imaginary part."""
    y: float
    """The second imaginary part."""
    z: float
    """The third imaginary part."""
    w: float
    """The real part."""
    def __init__(self, x: float = ..., y: float = ..., z: float = ..., w: float = ...) -> None:
        """All of its numbers, or none for no rotation."""
    @overload
    def __mul__(self, other: Vec3) -> Vec3:
        """`quat * vec3`: the vector, turned."""
    @overload
    def __mul__(self, other: Quat) -> Quat:
        """`a * b`: turns as `b` does and then as `a` does."""
    @overload
    def __mul__(self, other: float) -> Quat:
        """`quat * 2`: each number times that."""
    @staticmethod
    def from_rotation_x(angle: float, /) -> Quat:
        """A turn by an angle about the axis x, in radians."""
    @staticmethod
    def from_rotation_y(angle: float, /) -> Quat:
        """A turn about the axis y."""
    @staticmethod
    def from_rotation_z(angle: float, /) -> Quat:
        """A turn about the axis z: what turns things of a 2D game."""
    @staticmethod
    def from_axis_angle(axis: Vec3, angle: float, /) -> Quat:
        """A turn about any axis."""
    @staticmethod
    def from_euler(x: float, y: float, z: float, /) -> Quat:
        """Turns about the axes x, y and z, one after another."""
    @staticmethod
    def looking_to(ahead: Vec3, up: Vec3 = ..., /) -> Quat:
        """What turns a `Transform` so that its -z points ahead."""
    def to_euler(self) -> tuple[float, float, float]:
        """The angles that `from_euler` takes."""
    def inverse(self) -> Quat:
        """What turns back."""
    def slerp(self, other: Quat, share: float, /) -> Quat:
        """The rotation between, at an even pace: this at share 0, the other at share 1."""

class Color(_numbers):
    """A colour as sRGB, each number from 0 to 1. One that was read from a component writes through."""

    r: float
    """Red."""
    g: float
    """Green."""
    b: float
    """Blue."""
    a: float
    """Opacity: 1 hides what is behind."""
    def __init__(self, r: float = ..., g: float = ..., b: float = ..., a: float = ...) -> None:
        """Three numbers, or four with the opacity, or none for black."""
    def __mul__(self, other: float | Color) -> Color:
        """`v * other`: times a number, or number by number."""
    @staticmethod
    def hsl(hue: float, saturation: float, lightness: float, /) -> Color:
        """By hue in degrees, saturation and lightness from 0 to 1."""
    @staticmethod
    def from_hex(text: str, /) -> Color:
        """Of `"#ff8800"`, or `"#ff8800cc"` with the opacity."""
    def to_hex(self) -> str:
        """The text that `from_hex` takes."""
    def with_alpha(self, alpha: float, /) -> Color:
        """The same with another opacity."""

class _resources:
    """`resources`: the game's resources, by their short type names"""

    Controls: _Controls
    Phase: Literal["Loading", "Title", "Playing", "Over"]
    Round: _Round
    def __getattr__(self, name: str) -> Any:
        """`resources.Name`: the resource of that type."""

class _Body:
    at: Vec2
    velocity: Vec2
    radius: float

class _Controls:
    fly: Vec2
    shoot: Vec2 | None
    start: bool
    pause: bool
    swap_encoder: bool

class _Enemy:
    kind: Literal["Drifter", "Chaser", "Weaver", "Dasher", "Sniper", "Splitter", "Mite"]
    haste: float
    wanted: Vec2
    health: int
    arriving_secs: float
    flash_secs: float

class _Fading:
    age_secs: float
    life_secs: float

class _Pickup:
    kind: Literal["Shield", "Rapid", "Multiplier"]
    left_secs: float

class _Round:
    number: int
    score: int
    best: int
    lives: int
    wave: int
    multiplier: int
    kills: int
    kills_to_multiplier: int
    next_life_at: int

class _Ship:
    heading: Vec2
    reload_secs: float
    rapid_secs: float
    safe_secs: float
    gone_secs: float

class _Shot:
    ...
