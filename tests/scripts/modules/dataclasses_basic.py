"""dataclass."""
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, is_dataclass, replace


@dataclass
class Item:
    name: str
    price: float = 1.5
    tags: list = field(default_factory=list)

    def total(self, n):
        return self.price * n


a, b = Item("x"), Item("x", 2.0, ["t"])
print(a, b, a == Item("x"), a != b, a.total(2), a.tags is not Item("x").tags, Item.__doc__)
print(asdict(b), astuple(b), replace(b, name="y"), [f.name for f in fields(Item)], is_dataclass(Item), is_dataclass(a), is_dataclass(3))


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0


print(Version(1) < Version(1, 2), sorted([Version(2), Version(1, 5)]), hash(Version(1)) == hash(Version(1, 0)), {Version(1): "a"})
try:
    Version(1).major = 2
except FrozenInstanceError as e:
    print(type(e).__name__, e)
try:
    del Version(1).major
except FrozenInstanceError as e:
    print(e)


@dataclass
class Base:
    x: int
    y: int = 0


@dataclass
class Child(Base):
    z: int = 5

    def __post_init__(self):
        self.sum = self.x + self.y + self.z


c = Child(1, 2)
print(c, c.sum, Child.__match_args__)
match c:
    case Child(x, y):
        print("matched", x, y)
for call in (lambda: Item(), lambda: Item("a", 1, [], 4), lambda: Item("a", q=1), lambda: hash(a), lambda: a < b, lambda: asdict(3)):
    try:
        call()
    except TypeError as e:
        print(e)
try:

    @dataclass
    class Bad:
        x: int = 0
        y: int
except TypeError as e:
    print(e)
try:

    @dataclass
    class Bad2:
        x: list = []
except ValueError as e:
    print(e)
