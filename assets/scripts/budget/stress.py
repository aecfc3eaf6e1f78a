"""A load for the collector: a living graph that changes all the time, and cycles that are dropped in every frame."""

import random

LIVING = 20_000
CHANGED_A_FRAME = 200
CYCLES_A_FRAME = 20


class Node:
    def __init__(self, number):
        self.number = number
        self.friends = []


def drop_a_cycle(n):
    def again(k):
        return k and again(k - 1)

    return again(n)


random.seed(7)
nodes = [Node(number) for number in range(LIVING)]


def update(dt):
    for _ in range(CHANGED_A_FRAME):
        place = random.randrange(LIVING)
        if random.random() < 0.5:
            nodes[place].friends.append(nodes[random.randrange(LIVING)])
        else:
            fresh = Node(place)
            fresh.friends.append(fresh)
            nodes[place] = fresh
    for n in range(CYCLES_A_FRAME):
        drop_a_cycle(2)
