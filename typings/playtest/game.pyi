from typing import Any

from bevy import Color, Entity, Quat, Vec2, Vec3

def phase() -> str:
    """`loading`, `title`, `playing` or `over`."""
def round_number() -> int:
    """Counts the rounds, so that a script knows a new one."""
def random() -> float:
    """From 0 to 1, the same in each headless session."""
def ship() -> list[float]:
    """The ship's place and velocity: x, y, x and y."""
def spawn(kind: str, x: float, y: float, haste: float = 1.0) -> None:
    """Puts an enemy on the field."""
def fire(x: float, y: float, velocity_x: float, velocity_y: float) -> None:
    """Shoots at the ship."""
def begin_wave(number: int) -> None:
    """Announces a wave."""
def announce(text: str) -> None:
    """Writes large across the field."""
def thrust(at: Vec2, way: Vec2) -> None:
    """Shows the ship's fire."""
def muzzle(at: Vec2, way: Vec2) -> None:
    """Shows a shot leaving the ship."""
def arrive(at: Vec2) -> None:
    """Shows something come onto the field."""
def blow_up(at: Vec2, kind: str, points: int) -> None:
    """Shows what a kill was worth."""
def encoder() -> str:
    """Which of the two the player has chosen: `closures` or `class`."""
def state() -> Any:
    """All that a save holds, as plain data."""
def save(text: str) -> None:
    """Keeps a save."""
