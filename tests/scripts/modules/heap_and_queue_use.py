"""A search as game scripts write it: heapq, deque, dataclass, enum, namedtuple together."""
import heapq
from collections import deque, namedtuple
from dataclasses import dataclass, field
from enum import Enum

GRID = ["S.#.....", "..#.###.", ".##.#...", "....#.#G"]
Cell = namedtuple("Cell", "x y")


class Move(Enum):
    UP = (0, -1)
    DOWN = (0, 1)
    LEFT = (-1, 0)
    RIGHT = (1, 0)


@dataclass(order=True)
class Entry:
    cost: int
    cell: Cell = field(compare=False)
    path: tuple = field(compare=False, default=())


def find(mark):
    return next(Cell(row.index(mark), y) for y, row in enumerate(GRID) if mark in row)


def neighbours(cell):
    for move in Move:
        x, y = cell.x + move.value[0], cell.y + move.value[1]
        if 0 <= y < len(GRID) and 0 <= x < len(GRID[0]) and GRID[y][x] != "#":
            yield move, Cell(x, y)


def shortest(start, goal):
    heap, seen = [Entry(0, start)], set()
    while heap:
        entry = heapq.heappop(heap)
        if entry.cell == goal:
            return entry
        if entry.cell in seen:
            continue
        seen.add(entry.cell)
        for move, cell in neighbours(entry.cell):
            heapq.heappush(heap, Entry(entry.cost + 1, cell, entry.path + (move.name[0],)))


def reachable(start):
    queue, seen = deque([start]), {start}
    while queue:
        for _, cell in neighbours(queue.popleft()):
            if cell not in seen:
                seen.add(cell)
                queue.append(cell)
    return len(seen)


best = shortest(find("S"), find("G"))
print(best.cost, "".join(best.path), reachable(find("S")))
