"""Objects of all kinds as bytes and back, by each protocol."""
import collections
import copyreg
import datetime
import enum
import io
import pickle


class Plain:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"Plain({self.x!r})"


class Slotted:
    __slots__ = ("a", "b", "__dict__")


class Stateful:
    def __getstate__(self):
        return {"given": 1}

    def __setstate__(self, state):
        self.got = state


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    def __getnewargs__(self):
        return tuple(self)


class Named(int):
    def __new__(cls, *, value=0):
        return super().__new__(cls, value)

    def __getnewargs_ex__(self):
        return (), {"value": int(self)}


class Table(dict):
    pass


class Row(list):
    pass


class Number(int):
    pass


class Colour(enum.Enum):
    RED = 1
    BLUE = "b"


class Flags(enum.IntFlag):
    A = 1
    B = 2


class Outer:
    class Inner:
        def __init__(self):
            self.q = 2

        def __repr__(self):
            return f"Inner({self.q})"


class Reduced:
    def __init__(self, value):
        self.value = value

    def __reduce__(self):
        return Reduced, (self.value + 1,)

    def __repr__(self):
        return f"Reduced({self.value})"


class Trouble(Exception):
    pass


def function():
    pass


Point = collections.namedtuple("Point", "x y")
table = Table(a=1)
table.attribute = [1]
row = Row([1, 2])
row.attribute = "x"
shared = Plain([1])
shared.me = [shared.x]
plain = [
    None, True, False, 0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2**63, -(2**63), 2**1000, -128, -129,
    1.5, -0.0, float("inf"), "", "a", "é€😀", "x" * 300, "line\n\\back\0", b"", bytearray(b"abc"), bytearray(), (), (1,), (1, 2), (1, 2, 3),
    (1, 2, 3, 4), [], [1], [1, 2], {}, {1: 2}, {1: 2, "a": []}, 1j, range(3), slice(1, 2, 3), ("same", "same"),
]
for value in plain:
    for protocol in range(6):
        if protocol < 3 and isinstance(value, (bytes, bytearray)):
            continue
        data = pickle.dumps(value, protocol)
        back = pickle.loads(data)
        print(protocol, data if len(data) < 120 else len(data), repr(back) == repr(value), type(back) is type(value))
rich = [
    b"ab\xff", {1}, frozenset([1]), set(), frozenset(), list(range(2500)), {at: str(at) for at in range(1200)}, "x" * 70000,
    [b"z" * 70000, 1], Plain(3), [shared, shared], table, row, Number(5), Pair(1, 2), Named(value=7), Point(1, 2), Colour.RED, Flags.A | Flags.B,
    Outer.Inner(), Reduced(5), Trouble("message", 2), ValueError("x"), KeyError(1), Plain, Outer.Inner, len, int, type(None),
    collections.OrderedDict(a=1, b=2), collections.Counter("aab"), collections.deque([1, 2], maxlen=5),
    collections.defaultdict(list, a=[1]), datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, 3, 4, 5, 6, datetime.UTC),
    datetime.timedelta(1, 2, 3), ..., NotImplemented,
]
for value in rich:
    for protocol in range(6):
        back = pickle.loads(pickle.dumps(value, protocol))
        print(protocol, type(back).__name__, repr(back)[:70], getattr(back, "attribute", ""), end="; ")
    print()
print(pickle.loads(pickle.dumps(function)) is function, pickle.loads(pickle.dumps(print)) is print)
one, other = pickle.loads(pickle.dumps([shared, shared]))
print(one is other, one.me[0] is one.x)
for kind in (list, dict):
    loop = kind()
    loop.append(loop) if kind is list else loop.setdefault("me", loop)
    for protocol in range(6):
        back = pickle.loads(pickle.dumps(loop, protocol))
        print(protocol, pickle.dumps(loop, protocol), repr(back))
inside = ([],)
inside[0].append(inside)
print([repr(pickle.loads(pickle.dumps(inside, protocol))) for protocol in range(6)])
slotted = Slotted()
slotted.a, slotted.c = 1, 3
slotted = pickle.loads(pickle.dumps(slotted))
print(slotted.a, slotted.c, hasattr(slotted, "b"), pickle.loads(pickle.dumps(Stateful())).got)


class Writing(pickle.Pickler):
    def persistent_id(self, obj):
        return "known" if isinstance(obj, Plain) else None


class Reading(pickle.Unpickler):
    def persistent_load(self, pid):
        return f"<{pid}>"


stream = io.BytesIO()
Writing(stream).dump([Plain(1), 2])
stream.seek(0)
print(Reading(stream).load())
stream = io.BytesIO()
pickle.dump([1], stream)
pickle.dump("b", stream)
stream.seek(0)
print(pickle.load(stream), pickle.load(stream))
copyreg.pickle(Reduced, lambda obj: (Plain, (obj.value,)))
print(pickle.loads(pickle.dumps(Reduced(9))), pickle.DEFAULT_PROTOCOL, pickle.HIGHEST_PROTOCOL)
for act in (
    lambda: pickle.dumps(lambda: 1), lambda: pickle.loads(b""), lambda: pickle.loads(b"\x80\x04K"), lambda: pickle.loads(b"."),
    lambda: pickle.dumps(x for x in []), lambda: pickle.dumps(pickle), lambda: pickle.dumps(1, 9), lambda: pickle.loads(b"cnope\nx\n."),
    lambda: pickle.load(stream),
):
    try:
        print(act())
    except Exception as e:
        print(type(e).__name__, e)
