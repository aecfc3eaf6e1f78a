"""A card: turns over and flies off when it is told to."""

from bevy import Script, Vec2, time

TURN_SECS = 0.25
FLY_SECS = 0.5


class Card(Script):
    def on_message(self, message):
        if message.name == "turn":
            yield from self.turn(1.0 if message.data else 0.0)
        elif message.name == "take":
            yield from self.fly(Vec2(0.0, -640.0 if message.data == 0 else 640.0))

    def turn(self, side):
        card = self.entity.Card
        while card.turned != side:
            step = time.delta / TURN_SECS
            card.turned = min(1.0, card.turned + step) if side else max(0.0, card.turned - step)
            yield

    def fly(self, to):
        card = self.entity.Card
        start, share = card.at.copy(), 0.0
        while share < 1.0:
            share = min(1.0, share + time.delta / FLY_SECS)
            card.at = start.lerp(to, share * share)
            yield
        self.entity.despawn()
