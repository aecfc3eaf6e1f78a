# Copies of partials have the arguments, the keywords and the attributes.
import copy
import functools

old = functools.partial(int, base=2)
old.note = [1]
for new in (copy.copy(old), copy.deepcopy(old)):
    print(new("101"), new.keywords, new.note, new.note is old.note, new.func, new.args)
print(old.__reduce__())


class Own(functools.partial):
    pass


own = Own(max, 3, key=abs)
new = copy.deepcopy(own)
print(type(new).__name__, new(-5), new.args, sorted(new.keywords))
empty = functools.partial(print)
empty.__setstate__((pow, (2,), None, {"tag": "t"}))
print(empty(5), empty.tag, empty.keywords)
for state in (None, (), (1, 2, 3, 4), (pow, [2], {}, {})):
    try:
        empty.__setstate__(state)
    except TypeError as error:
        print(error)
