"""Who plays: a person with mouse, keys or gamepad, and a machine that remembers most of what it saw."""

import random

from bevy import Script, input, resources, send, wait

# How often the machine remembers a card that it saw.
MEMORY = 0.8

# Arrow, the same on a gamepad, and how far the card that it leads to is.
MOVES = [
    ("ArrowLeft", "DPadLeft", -1),
    ("ArrowRight", "DPadRight", 1),
    ("ArrowUp", "DPadUp", -6),
    ("ArrowDown", "DPadDown", 6),
]


class Machine(Script):
    def __init__(self):
        self.seen = {}

    def on_message(self, message):
        if message.name == "new game":
            self.seen.clear()
        elif message.name == "shown":
            if random.random() < MEMORY:
                self.seen[message.data["card"]] = message.data["face"]
        elif message.name == "your turn":
            yield wait(0.35)
            cards, first = message.data["cards"], message.data["first"]
            send("picked", self.choose(cards, first), to=message.data["table"])

    def choose(self, cards, first):
        known = {card: face for card, face in self.seen.items() if card in cards and card != first}
        if first is not None:
            twins = [card for card, face in known.items() if face == first.Card.face]
        else:
            faces = list(known.values())
            twins = [card for card, face in known.items() if faces.count(face) == 2]
        if twins:
            return twins[0]
        fresh = [card for card in cards if card not in known and card != first]
        return random.choice(fresh or [card for card in cards if card != first])


class Human(Script):
    def __init__(self):
        self.question = None
        self.cursor = 0

    def on_message(self, message):
        if message.name == "your turn":
            self.question = message.data

    def on_update(self, dt):
        board = resources.Board
        board.hint = "YOUR TURN: CLICK A CARD, OR ARROWS AND SPACE" if self.question else ""
        if not self.question:
            return
        cards = self.question["cards"]
        chosen = self.by_mouse(cards) or self.by_keys(cards)
        if chosen is not None and chosen.Card.turned == 0.0:
            send("picked", chosen, to=self.question["table"])
            self.question = None

    def by_mouse(self, cards):
        pointer = resources.Pointer
        for card in cards:
            way = card.Card.at - pointer.at
            if abs(way.x) < 60.0 and abs(way.y) < 72.0:
                if pointer.moved:
                    self.point_at(cards, card.Card.index)
                if input.mouse_just_pressed("Left"):
                    return card
        return None

    def by_keys(self, cards):
        for key, button, step in MOVES:
            if input.just_pressed(key) or input.gamepad_just_pressed(button):
                self.point_at(cards, (self.cursor + step) % 24)
        if input.just_pressed("Space") or input.just_pressed("Enter") or input.gamepad_just_pressed("South"):
            for card in cards:
                if card.Card.index == self.cursor:
                    return card
        return None

    def point_at(self, cards, index):
        self.cursor = index
        for card in cards:
            card.Card.lit = card.Card.index == index
