"""Less usual parts of dataclasses."""
from dataclasses import KW_ONLY, InitVar, dataclass, field, fields, make_dataclass, asdict
from typing import ClassVar


@dataclass(kw_only=True)
class K:
    a: int
    b: int = 2


print(K(a=1))


@dataclass
class Mixed:
    a: int
    _: KW_ONLY
    b: int = 3
    count: ClassVar[int] = 0
    seed: InitVar[int] = 7
    made: int = field(init=False)
    hidden: int = field(default=1, repr=False, compare=False)

    def __post_init__(self, seed):
        self.made = self.a + seed


m = Mixed(1, b=5)
print(m, m.made, [f.name for f in fields(m)], m == Mixed(1, b=5, seed=7), Mixed(1, seed=1).made, asdict(m))


@dataclass(slots=True)
class S:
    x: int
    y: int = 4


s = S(1)
print(s, S.__slots__)
try:
    s.z = 1
except AttributeError as e:
    print(type(e).__name__)
D = make_dataclass("D", [("x", int), ("y", int, field(default=5)), "z"][:2], namespace={"twice": lambda self: self.x * 2})
print(D(3), D(3).twice())


@dataclass(repr=False, eq=False)
class Plain:
    x: int


print(Plain(1) == Plain(1), "Plain object" in repr(Plain(1)))


@dataclass
class Node:
    value: int
    next: "Node" = None


n = Node(1)
n.next = n
print(n)


@dataclass(unsafe_hash=True)
class H:
    x: int
    y: int = field(hash=False, default=0)


print(hash(H(1, 2)) == hash(H(1, 3)), field(default=3).default)
try:
    Mixed(1, 2)
except TypeError as e:
    print(e)
try:
    field(default=1, default_factory=int)
except ValueError as e:
    print(e)
