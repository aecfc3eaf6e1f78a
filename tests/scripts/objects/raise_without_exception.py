"""A bare raise with nothing to raise again has a traceback of its own; a deep recursion is counted to the frame."""
import sys
import traceback


def down(n):
    return down(n + 1)


def depth(n=0):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


print(depth())
try:
    down(0)
except RecursionError:
    print(traceback.format_exc().splitlines()[-2:])
sys.setrecursionlimit(60)
print(depth())
try:
    1 / 0
except ZeroDivisionError:
    pass
raise
