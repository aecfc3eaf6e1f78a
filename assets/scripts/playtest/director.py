"""Decides which enemies come and when. Each has a script of its own: `brains.py`."""

import game
from bevy import query

# What a wave may hold: kind, cost, and the first wave that it comes in.
CATALOGUE = [
    ("drifter", 1, 1),
    ("chaser", 2, 1),
    ("weaver", 3, 2),
    ("dasher", 3, 3),
    ("sniper", 4, 4),
    ("splitter", 4, 5),
]

REST = 1.6


class Director:
    def __init__(self, round_number):
        self.round_number = round_number
        self.wave = 0
        self.rest = 0.8
        self.waiting = []
        self.next_spawn = 0.0

    def update(self, dt):
        self.spawn(dt)

    def spawn(self, dt):
        if self.waiting:
            self.next_spawn -= dt
            if self.next_spawn <= 0.0:
                self.next_spawn = max(0.12, 0.5 - self.wave * 0.03)
                x, y = self.place()
                self.add(self.waiting.pop(), x, y)
        elif not query("Enemy"):
            self.rest -= dt
            if self.rest <= 0.0:
                self.rest = REST
                self.begin_wave()

    def begin_wave(self):
        self.wave += 1
        game.begin_wave(self.wave)
        budget = 6 + self.wave * 4
        choices = [entry for entry in CATALOGUE if entry[2] <= self.wave]
        while budget > 0:
            kind, cost, _ = choices[int(game.random() * len(choices))]
            self.waiting.append(kind)
            budget -= cost

    def place(self):
        ship_x, ship_y = game.ship()[:2]
        while True:
            x = (game.random() - 0.5) * 1400.0
            y = (game.random() - 0.5) * 620.0
            if abs(x - ship_x) + abs(y - ship_y) > 420.0:
                return x, y

    def add(self, kind, x, y):
        game.spawn(kind, x, y, 1.0 + min(0.9, self.wave * 0.06))


director = None


def update(dt):
    global director
    if game.phase() != "playing" or dt == 0.0:
        return
    if director is None or director.round_number != game.round_number():
        director = Director(game.round_number())
    director.update(dt)
