"""DEBUG_LEAK reports on the error stream and keeps everything."""
import gc
import io
import sys


def leak():
    def again(n):
        return again(n - 1) if n else 0

    return again(2)


gc.collect()
gc.set_debug(gc.DEBUG_LEAK)
leak()
print(gc.collect(), sorted(type(o).__name__ for o in gc.garbage))
cell = [o for o in gc.garbage if type(o).__name__ == "cell"][0]
function = [o for o in gc.garbage if type(o).__name__ == "function"][0]
print(cell.cell_contents is function, function.__closure__[0] is cell)
gc.set_debug(0)
