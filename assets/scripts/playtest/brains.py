"""How each kind of enemy moves: one generator per enemy, resumed once a frame.

A brain yields the velocity that its enemy wants. It is defined at the top of the module and captures nothing, so when
its enemy dies and the generator is dropped, reference counting frees all of it at once.
"""

import math

import game


def towards(x, y, speed):
    distance = math.sqrt(x * x + y * y)
    if distance < 1.0:
        return 0.0, 0.0
    return x / distance * speed, y / distance * speed


def wander(enemy, haste):
    """Drifts about and turns a little all the time."""
    angle = game.random() * math.tau
    while True:
        angle += (game.random() - 0.5) * 0.5
        x, y = game.enemy(enemy)[:2]
        if abs(x) > 690.0 or abs(y) > 285.0:
            angle = math.atan2(-y, -x)
        yield math.cos(angle) * 90.0 * haste, math.sin(angle) * 90.0 * haste


def chase(enemy, haste):
    """Goes straight for the ship, a little faster all the while."""
    speed = 110.0 * haste
    while True:
        x, y = game.enemy(enemy)[:2]
        ship_x, ship_y = game.ship()[:2]
        speed = min(speed + 0.15, 230.0 * haste)
        yield towards(ship_x - x, ship_y - y, speed)


def weave(enemy, haste):
    """Comes in curves, hard to hit from afar."""
    time = game.random() * math.tau
    while True:
        time += 0.09
        x, y = game.enemy(enemy)[:2]
        ship_x, ship_y = game.ship()[:2]
        ahead_x, ahead_y = towards(ship_x - x, ship_y - y, 150.0 * haste)
        swing = math.sin(time) * 1.1
        yield ahead_x - ahead_y * swing, ahead_y + ahead_x * swing


def dash(enemy, haste):
    """Stands and aims, then dashes in a straight line."""
    while True:
        for _ in range(45 + int(game.random() * 30)):
            yield 0.0, 0.0
        game.warn(enemy)
        for _ in range(18):
            yield 0.0, 0.0
        x, y = game.enemy(enemy)[:2]
        ship_x, ship_y = game.ship()[:2]
        velocity = towards(ship_x - x, ship_y - y, 620.0 * haste)
        for _ in range(38):
            yield velocity


def snipe(enemy, haste):
    """Keeps its distance, circles, and shoots."""
    side = 1.0 if game.random() < 0.5 else -1.0
    pause = 60 + int(game.random() * 60)
    while True:
        x, y = game.enemy(enemy)[:2]
        ship_x, ship_y = game.ship()[:2]
        to_x, to_y = ship_x - x, ship_y - y
        distance = math.sqrt(to_x * to_x + to_y * to_y)
        ahead_x, ahead_y = towards(to_x, to_y, 1.0)
        approach = max(-1.0, min(1.0, (distance - 380.0) / 120.0))
        pause -= 1
        if pause <= 0:
            pause = int(max(45.0, 130.0 / haste))
            game.fire(enemy, ahead_x * 300.0, ahead_y * 300.0)
        speed = 120.0 * haste
        yield (
            (ahead_x * approach - ahead_y * side) * speed,
            (ahead_y * approach + ahead_x * side) * speed,
        )


BRAINS = {
    "drifter": wander,
    "chaser": chase,
    "weaver": weave,
    "dasher": dash,
    "sniper": snipe,
    "splitter": wander,
    "mite": weave,
}
