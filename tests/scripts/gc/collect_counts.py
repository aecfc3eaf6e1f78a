"""gc.collect counts what it frees."""
import gc

gc.collect()
print(gc.collect())


class Node:
    pass


def ring(n):
    nodes = [Node() for _ in range(n)]
    for i, node in enumerate(nodes):
        node.next = nodes[(i + 1) % n]


ring(1)
print(gc.collect() >= 1)
ring(10)
print(gc.collect() >= 10, gc.collect())
l = []
l.append(l)
del l
print(gc.collect())
print(gc.collect(0), gc.collect(generation=1))
for bad in (3, -1, "a"):
    try:
        gc.collect(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
