"""gc.get_referrers, get_referents, get_objects."""
import gc


class Holder:
    pass


thing = ["thing"]
h = Holder()
h.held = thing
box = [thing]
found = gc.get_referrers(thing)
print(any(f is box for f in found), any(f is h or f is h.__dict__ for f in found), any(f is globals() for f in found))
print(gc.get_referents([1, "a", thing]), gc.get_referents({"k": thing}), gc.get_referents(), gc.get_referents((1, 2)))
print(any(o is box for o in gc.get_objects()), any(o is h for o in gc.get_objects(generation=None)), type(gc.get_objects()).__name__)


def outer():
    captured = thing

    def inner():
        return captured

    return inner


f = outer()
print(any(r is thing for r in gc.get_referents(f.__closure__[0])), any(r is f.__closure__ for r in gc.get_referents(f)))
for bad in (-1, 3):
    try:
        gc.get_objects(bad)
    except ValueError as e:
        print(e)
