"""DEBUG_SAVEALL keeps what was found in gc.garbage."""
import gc
from collections import Counter


def leak():
    def again(n):
        return again(n - 1) if n else 0

    return again(3)


gc.collect()
gc.set_debug(gc.DEBUG_SAVEALL)
leak()
print(gc.collect())
print(sorted(type(o).__name__ for o in gc.garbage))
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect(), gc.garbage, gc.get_debug())
