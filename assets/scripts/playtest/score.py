"""Keeps the score: points, multiplier, lives, and what a kill leaves to pick up."""

import game
from bevy import Script, resources, send, spawn

POINTS = {"drifter": 10, "chaser": 20, "weaver": 30, "dasher": 30, "sniper": 50, "splitter": 40, "mite": 15}
MOST = 9
PICKUPS = ("Shield", "Rapid", "Multiplier")


class Score(Script):
    def on_message(self, message):
        if message.name == "kill":
            self.kill(message.data["kind"], message.data["at"])
        elif message.name == "ship lost":
            self.lose_life()
        elif message.name == "picked" and message.data == "Multiplier":
            self.raise_multiplier()

    def kill(self, kind, at):
        standing = resources.Round
        points = POINTS[kind] * standing.multiplier
        standing.score += points
        standing.best = max(standing.best, standing.score)
        standing.kills += 1
        standing.kills_to_multiplier += 1
        if standing.kills_to_multiplier >= 8 * standing.multiplier:
            self.raise_multiplier()
        if standing.score >= standing.next_life_at:
            standing.next_life_at *= 2
            standing.lives += 1
            game.announce("EXTRA LIFE")
        game.blow_up(at, kind, points)
        if game.random() < 0.06:
            spawn(
                Pickup={"kind": PICKUPS[int(game.random() * len(PICKUPS))]},
                Body={"at": at, "radius": 14.0},
                Script={"module": "pickups"},
            )

    def raise_multiplier(self):
        standing = resources.Round
        standing.kills_to_multiplier = 0
        standing.multiplier = min(MOST, standing.multiplier + 1)

    def lose_life(self):
        standing = resources.Round
        standing.lives = max(0, standing.lives - 1)
        standing.multiplier = 1
        standing.kills_to_multiplier = 0
        if standing.lives == 0:
            resources.Phase = "Over"
            send("over")
