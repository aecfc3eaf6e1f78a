"""partial, partialmethod, reduce, cmp_to_key."""
from functools import cmp_to_key, partial, partialmethod, reduce

add = lambda *a, **k: (a, k)
p = partial(add, 1, x=2)
print(p(3), p(3, x=4, y=5), p.func is add, p.args, p.keywords)
pp = partial(p, 9, z=0)
print(pp(10), pp.func is add, pp.args, pp.keywords)
print(partial(int, base=2)("101"), repr(partial(print, 1, end="")).startswith("functools.partial(<built-in function print>, 1, end="))
p.note = "kept"
print(p.note, p.__dict__)


class Cell:
    def __init__(self):
        self.alive = False

    def set_state(self, state, loud=False):
        self.alive = state
        return (state, loud)

    set_alive = partialmethod(set_state, True)
    set_dead = partialmethod(set_state, False, loud=True)


c = Cell()
print(c.set_alive(), c.alive, c.set_dead(), c.alive)
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + b, [], "start"))
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))
k = cmp_to_key(lambda a, b: (a > b) - (a < b))
print(k(1) < k(2), k(2) == k(2), k(3) > k(1), k(5).obj)
for call in (lambda: reduce(add, []), lambda: partial(), lambda: partial(3), lambda: reduce(add, 5)):
    try:
        call()
    except TypeError as e:
        print(e)
