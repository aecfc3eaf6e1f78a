"""Objects of many shapes in lines that are not too long."""
import collections
import dataclasses
import random
import types
from pprint import PrettyPrinter, isreadable, isrecursive, pformat, pp, pprint, saferepr

random.seed(11)
PLAIN = [1, 2.5, None, True, "", "text with some words in it " * 3, "line\nother line that is long\nand third" * 3, b"bytes" * 15, 10**20]


@dataclasses.dataclass
class Point:
    x: object
    name: object = "n"
    hidden: object = dataclasses.field(default=3, repr=False)


class Own(list):
    def __repr__(self):
        return "own " * 30


def shape(depth):
    if depth <= 0 or random.random() < 0.2:
        return random.choice(PLAIN)
    count = random.randrange(6)
    inside = lambda: shape(depth - 1)
    return random.choice([
        lambda: [inside() for _ in range(count)],
        lambda: tuple(inside() for _ in range(count)),
        lambda: {random.choice(["k", "a longer key"]) + str(at): inside() for at in range(count)},
        lambda: set(range(count * 8)),
        lambda: frozenset(range(count * 8)),
        lambda: collections.OrderedDict(a=inside(), b=inside()),
        lambda: collections.deque([inside()] * count, maxlen=random.choice([None, 30])),
        lambda: collections.Counter("abracadabra" * count),
        lambda: collections.defaultdict(list, a=inside()),
        lambda: types.SimpleNamespace(x=inside(), y=[inside()] * 3),
        lambda: types.MappingProxyType({"a": inside(), "bcd": inside()}),
        lambda: collections.ChainMap({"a": inside()}, {"b": inside()}),
        lambda: collections.UserDict(a=inside()),
        lambda: bytearray(b"abcdef" * count),
        lambda: Point(inside(), [Point(1, "q" * 30)] * 3),
        lambda: Own(),
    ])()


for turn in range(40):
    value = shape(4)
    options = dict(
        width=random.choice([20, 40, 80]), indent=random.choice([1, 1, 4]), compact=turn % 3 == 0, depth=random.choice([None, None, 2, 3]),
        sort_dicts=turn % 2 == 0, underscore_numbers=turn % 5 == 0,
    )
    print(pformat(value, **options))
    print(isreadable(value), isrecursive(value))
loop = [1]
loop.append(loop)
print(isrecursive(loop), isreadable(loop), saferepr(loop).split(" with")[0])
pprint({1: 2, "a": 3, (1,): 2})
pp({"z": 1, "a": 2})
PrettyPrinter(width=10).pprint(["one", "two", "three"])
for options in (dict(indent=-1), dict(depth=0), dict(width=0)):
    try:
        PrettyPrinter(**options)
    except ValueError as e:
        print(e)
