"""Flag and IntFlag."""
from enum import CONFORM, EJECT, Flag, IntFlag, auto


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


print(Perm.R, repr(Perm.R), Perm.R | Perm.W, repr(Perm.R | Perm.X), Perm.RW & Perm.R, Perm.R ^ Perm.RW, ~Perm.R)
print(list(Perm), list(Perm.RW), Perm.R in Perm.RW, Perm.X in Perm.RW, bool(Perm(0)), repr(Perm(0)), Perm(0), len(Perm.RW))
print(Perm(3) is Perm.RW, Perm(7), repr(Perm(7)), Perm["W"].value, Perm.RW.name, (Perm.R | Perm.X).name, Perm(5).value)


class Bits(IntFlag):
    A = 1
    B = 2
    C = 4


print(Bits.A | Bits.B, repr(Bits.A | Bits.B), Bits.A | 8, repr(Bits.A | 8), Bits.A + 1, repr(Bits(0)), Bits.A == 1, Bits(3) & 1)
print(repr(~Bits.A), [b.name for b in Bits(5)], isinstance(Bits.A, int), f"{Bits.A}")


class Loose(Flag, boundary=CONFORM):
    A = 1
    B = 2


print(repr(Loose(7)))


class Out(IntFlag, boundary=EJECT):
    A = 1


print(Out(5), type(Out(5)).__name__)
try:
    Perm.R | 1
except TypeError as e:
    print(e)
print(Perm, repr(Perm), Perm.__members__["RW"])
