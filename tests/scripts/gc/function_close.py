"""Emptying a cell breaks the cycle through it."""
import gc


def make():
    def again(n):
        return again(n - 1) if n else "done"

    return again


gc.collect()
f = make()
print(f(2))
f.__closure__[0].cell_contents = None
del f
print(gc.collect())
f = make()
del f.__closure__[0].cell_contents
try:
    f(1)
except NameError as e:
    print(e)
del f
print(gc.collect())
