"""How each kind of enemy moves: one mind per enemy, a callback that yields once a frame.

A mind is a generator at the top of the module and captures nothing, so when its enemy dies and the generator is
dropped, reference counting frees all of it at once.
"""

import math

import game
from bevy import Script, Vec2, time


class Mind(Script):
    """The script of an enemy's entity."""

    def on_spawn(self):
        enemy = self.entity.Enemy
        self.kind = enemy.kind
        self.haste = enemy.haste
        self.round_number = game.round_number()
        for wanted in BRAINS[self.kind](self):
            enemy.wanted = wanted
            self.at = self.entity.Body.at
            yield
            while time.delta == 0.0 or game.phase() != "playing":
                yield

    def on_despawn(self):
        # What is left of the last round is no part of the next one.
        if self.kind == "Splitter" and self.round_number == game.round_number():
            for corner in range(3):
                angle = corner * math.tau / 3.0
                x, y = self.at + Vec2(math.cos(angle), math.sin(angle)) * 26.0
                game.spawn("mite", x, y, self.haste)


def to_ship(mind):
    ship_x, ship_y = game.ship()[:2]
    return Vec2(ship_x, ship_y) - mind.entity.Body.at


def ahead(way, speed):
    return Vec2() if way.length() < 1.0 else way.normalized() * speed


def wander(mind):
    """Drifts about and turns a little all the time."""
    angle = game.random() * math.tau
    while True:
        angle += (game.random() - 0.5) * 0.5
        x, y = mind.entity.Body.at
        if abs(x) > 690.0 or abs(y) > 285.0:
            angle = math.atan2(-y, -x)
        yield Vec2(math.cos(angle), math.sin(angle)) * (90.0 * mind.haste)


def chase(mind):
    """Goes straight for the ship, a little faster all the while."""
    speed = 110.0 * mind.haste
    while True:
        speed = min(speed + 0.15, 230.0 * mind.haste)
        yield ahead(to_ship(mind), speed)


def weave(mind):
    """Comes in curves, hard to hit from afar."""
    turn = game.random() * math.tau
    while True:
        turn += 0.09
        way = ahead(to_ship(mind), 150.0 * mind.haste)
        yield way + Vec2(-way.y, way.x) * (math.sin(turn) * 1.1)


def dash(mind):
    """Stands and aims, then dashes in a straight line."""
    while True:
        for _ in range(45 + int(game.random() * 30)):
            yield Vec2()
        mind.entity.Enemy.flash_secs = 0.3
        for _ in range(18):
            yield Vec2()
        way = ahead(to_ship(mind), 620.0 * mind.haste)
        for _ in range(38):
            yield way


def snipe(mind):
    """Keeps its distance, circles, and shoots."""
    side = 1.0 if game.random() < 0.5 else -1.0
    pause = 60 + int(game.random() * 60)
    while True:
        way = to_ship(mind)
        approach = max(-1.0, min(1.0, (way.length() - 380.0) / 120.0))
        way = ahead(way, 1.0)
        pause -= 1
        if pause <= 0 and mind.entity.Enemy.arriving_secs <= 0.0:
            pause = int(max(45.0, 130.0 / mind.haste))
            at = mind.entity.Body.at
            game.fire(at.x, at.y, way.x * 300.0, way.y * 300.0)
        yield (way * approach + Vec2(-way.y, way.x) * side) * (120.0 * mind.haste)


BRAINS = {
    "Drifter": wander,
    "Chaser": chase,
    "Weaver": weave,
    "Dasher": dash,
    "Sniper": snipe,
    "Splitter": wander,
    "Mite": weave,
}
