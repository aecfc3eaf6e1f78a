"""Callbacks of the weak references to one object run from the newest to the oldest."""
import collections
import weakref


class Thing:
    pass


thing = Thing()
refs = [weakref.ref(thing, lambda ref, n=n: print("dead", n)) for n in range(3)]
plain = weakref.ref(thing)
weakref.finalize(thing, print, "finalized")
proxy = weakref.proxy(thing, lambda ref: print("proxy"))
last = weakref.ref(thing, lambda ref: print("last"))
held = weakref.WeakValueDictionary(key=thing)
del thing
print(len(held), plain())
try:
    collections.deque().maxlen = 3
except AttributeError as error:
    print(error)
