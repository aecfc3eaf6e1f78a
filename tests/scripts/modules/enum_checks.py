"""verify, member, nonmember, properties, aliases of names."""
import enum
from enum import CONTINUOUS, NAMED_FLAGS, UNIQUE, Enum, Flag, IntEnum, member, nonmember, verify


@verify(UNIQUE, CONTINUOUS)
class Good(IntEnum):
    A = 1
    B = 2


print(list(Good))
for checks, body in (([UNIQUE], {"A": 1, "B": 1}), ([CONTINUOUS], {"A": 1, "B": 4})):
    try:
        verify(*checks)(Enum("Bad", body))
    except ValueError as e:
        print(e)
try:
    verify(NAMED_FLAGS)(Flag("F", {"A": 1, "C": 12}))
except ValueError as e:
    print(e)


class Odd(Enum):
    @member
    def shout():
        return "shouted"

    plain = nonmember(5)
    ONE = 1

    @enum.property
    def doubled(self):
        return self.value * 2


print(Odd.shout.value(), Odd.plain, Odd.ONE.doubled, list(Odd.__members__))


class Named(Enum):
    name = "n"
    value = "v"


print(Named.name, Named.value, Named.name.name, Named.value.value)


class Ordered(Enum):
    _order_ = "B A"
    B = 2
    A = 1

    def __lt__(self, other):
        return self.value < other.value


print(sorted(Ordered), enum.show_flag_values(11), enum.bin(10), enum.bin(-5, 8))
