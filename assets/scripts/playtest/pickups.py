"""Things to fly over: they drift towards a ship that is near, and are gone after a while."""

from bevy import Script, Vec2, query, send

LIFE_SECS = 8.0
REACH = 120.0


class Pickup(Script):
    def on_spawn(self):
        self.entity.Pickup.left_secs = LIFE_SECS

    def on_update(self, dt):
        pickup, body = self.entity.Pickup, self.entity.Body
        pickup.left_secs -= dt
        if pickup.left_secs <= 0.0:
            self.entity.despawn()
            return
        for ship in query("Ship", "Body"):
            if ship.Ship.gone_secs > 0.0:
                continue
            way = ship.Body.at - body.at
            if way.length() < body.radius + ship.Body.radius:
                send("picked", pickup.kind)
                self.entity.despawn()
                return
            body.velocity = way.normalized() * 260.0 if way.length() < REACH else Vec2()
