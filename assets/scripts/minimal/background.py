"""Turns the background's hue, and leaves one cycle behind each second: watch the lingering count."""

import game

time = 0.0
seconds = 0


def leave_a_cycle():
    def countdown(left):
        return left if left == 0 else countdown(left - 1)

    return countdown(3)


def update(dt):
    global time, seconds
    time += dt
    game.set_background(time * 20.0 % 360.0)
    if int(time) > seconds:
        seconds = int(time)
        leave_a_cycle()
