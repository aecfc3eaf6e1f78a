"""gc.callbacks hear of every collection."""
import gc

log = []


def heard(phase, info):
    log.append((phase, info["generation"], info["uncollectable"], sorted(info)))


gc.callbacks.append(heard)
gc.collect()
gc.callbacks.remove(heard)
gc.collect()
print(log, gc.callbacks)


def broken(phase, info):
    raise ValueError


print(type(gc.callbacks).__name__)
