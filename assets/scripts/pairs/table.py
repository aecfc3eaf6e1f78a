"""The table: deals, asks the seats in turn and judges. A whole game is one coroutine."""

import random

from bevy import Entity, Script, Vec2, resources, send, spawn, until, wait

COLUMNS, ROWS = 6, 4
STEP = Vec2(150.0, 165.0)


class Table(Script):
    def __init__(self):
        self.seats: list[Entity] = []
        self.cards: list[Entity] = []
        self.picked: Entity | None = None
        random.seed(resources.Board.seed)

    def on_spawn(self):
        opponents = "Machine" if resources.Board.auto else "Human"
        for place, kind in enumerate((opponents, "Machine")):
            seat = spawn("Seat", Script={"module": "seats", "class": kind})
            seat.Seat.place = place
            self.seats.append(seat)
        while True:
            yield from self.deal()
            yield from self.play()
            yield from self.finish()

    def deal(self):
        board = resources.Board
        board.title = "PAIRS"
        board.scores = [0, 0]
        faces = [face for face in range(COLUMNS * ROWS // 2) for _ in range(2)]
        random.shuffle(faces)
        for index, face in enumerate(faces):
            row, column = divmod(index, COLUMNS)
            corner = Vec2((COLUMNS - 1) * STEP.x, (1 - ROWS) * STEP.y) / -2
            at = corner + Vec2(column * STEP.x, -row * STEP.y)
            card = spawn(Card={"at": at, "face": face, "index": index}, Script={"module": "card"})
            self.cards.append(card)
            yield wait(0.02)

    def play(self):
        board = resources.Board
        turn = 0
        while self.cards:
            board.turn = turn
            first = yield from self.ask(turn, None)
            second = yield from self.ask(turn, first)
            yield wait(0.6)
            if first.Card.face == second.Card.face:
                board.scores[turn] += 1
                board.pairs += 1
                board.title = "A PAIR"
                for card in (first, second):
                    self.cards.remove(card)
                    send("take", turn, to=card)
            else:
                board.title = "NO PAIR"
                for card in (first, second):
                    send("turn", False, to=card)
                turn = 1 - turn
            yield wait(0.4)

    def ask(self, turn, first):
        """The card that a seat turns up."""
        self.picked = None
        question = {"table": self.entity, "cards": self.cards, "first": first}
        send("your turn", question, to=self.seats[turn])
        yield until(lambda: self.picked is not None)
        card = self.picked
        assert card is not None
        send("turn", True, to=card)
        for seat in self.seats:
            send("shown", {"card": card, "face": card.Card.face}, to=seat)
        yield wait(0.3)
        return card

    def finish(self):
        board = resources.Board
        board.games += 1
        first, second = board.scores
        board.title = "YOU WIN" if first > second else "A DRAW" if first == second else "THE MACHINE WINS"
        for seat in self.seats:
            send("new game", to=seat)
        yield wait(2.0)

    def on_message(self, message):
        # What a seat says out of turn, or of a card that lies face up, is no answer.
        if message.name == "picked" and self.picked is None:
            card = message.data
            if card in self.cards and card.Card.turned == 0.0:
                self.picked = card
