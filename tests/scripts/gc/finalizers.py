"""Finalizers of garbage run once, and may bring objects back."""
import gc

log = []
kept = []


class Loud:
    def __init__(self, name):
        self.name = name
        self.me = self

    def __del__(self):
        log.append(self.name)


class Phoenix:
    def __init__(self):
        self.me = self

    def __del__(self):
        kept.append(self)


Loud("a")
gc.collect()
print(log)
Phoenix()
gc.collect()
print(len(kept), kept[0].me is kept[0], gc.is_finalized(kept[0]))
kept.clear()
gc.collect()
print(len(kept))
x = Loud("b")
x.me = None
del x
print(log)
