"""The player's ship: flies and shoots as the controls say, and comes back after it was hit."""

import math

import game
from bevy import Script, Vec2, resources, spawn

SPEED = 430.0
SHOT_SPEED = 1050.0
RELOAD_SECS = 0.095
SAFE_SECS = 2.2
SHIP_RADIUS = 13.0


class Pilot(Script):
    def on_update(self, dt):
        if dt == 0.0:
            return
        playing = resources.Phase == "Playing"
        ship = self.entity.Ship
        ship.reload_secs -= dt
        ship.rapid_secs = max(0.0, ship.rapid_secs - dt)
        if ship.gone_secs > 0.0:
            ship.gone_secs -= dt
            if ship.gone_secs <= 0.0 and playing:
                self.come_back(ship)
            return
        ship.safe_secs = max(0.0, ship.safe_secs - dt)
        controls = resources.Controls
        self.fly(ship, controls.fly if playing else Vec2(), dt)
        aim = controls.shoot
        if playing and aim is not None and ship.reload_secs <= 0.0:
            ship.reload_secs = RELOAD_SECS / 2 if ship.rapid_secs > 0.0 else RELOAD_SECS
            self.shoot(aim)

    def come_back(self, ship):
        body = self.entity.Body
        body.at = body.velocity = Vec2()
        ship.safe_secs = SAFE_SECS
        game.arrive(Vec2())

    def fly(self, ship, way, dt):
        body = self.entity.Body
        velocity = body.velocity
        velocity = velocity + (way * SPEED - velocity) * (1.0 - math.exp(-14.0 * dt))
        body.velocity = velocity
        if velocity.length() > 30.0:
            turned = ship.heading.lerp(velocity.normalized(), 0.3)
            ship.heading = turned.normalized() if turned.length() > 0.01 else Vec2(0, 1)
        if way.length() > 0.1:
            heading = ship.heading
            game.thrust(body.at - heading * SHIP_RADIUS, -heading)

    def shoot(self, aim):
        at = self.entity.Body.at
        for side in (-1.0, 1.0):
            spread = side * 0.035 + (game.random() - 0.5) * 0.04
            cos, sin = math.cos(spread), math.sin(spread)
            way = Vec2(aim.x * cos - aim.y * sin, aim.x * sin + aim.y * cos)
            start = at + way * SHIP_RADIUS + Vec2(-way.y, way.x) * (side * 5.0)
            body = {"at": start, "velocity": way * SHOT_SPEED, "radius": 5.0}
            spawn("Shot", Body=body, Fading={"life_secs": 1.4})
        game.muzzle(at + aim * SHIP_RADIUS, aim)

    def on_message(self, message):
        if message.name == "picked":
            ship = self.entity.Ship
            if message.data == "Shield":
                ship.safe_secs = 5.0
            elif message.data == "Rapid":
                ship.rapid_secs = 6.0
