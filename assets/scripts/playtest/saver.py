"""Saves the game's state once a second, with the encoder that the player chose."""

import game
import encode_class
import encode_closures

SAVE_EVERY = 1.0

since_save = 0.0


def update(dt):
    global since_save
    since_save += dt
    if since_save < SAVE_EVERY:
        return
    since_save -= SAVE_EVERY
    if game.encoder() == "closures":
        text = encode_closures.encode(game.state())
    else:
        text = encode_class.encode(game.state())
    game.save(text)
