# Complex numbers: literals, arithmetic with the other numbers, text, and what has no meaning for them.
def show(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, error)


print(1j, 2 + 3j, -1j, 1 - 0j, -0.0 + 1j, 1e20j, 0.5j, complex("inf") * 1, complex(0, float("nan")))
for a in (1 + 2j, -3.5, 2, 1j, True):
    for b in (2 - 1j, 0.5, 3, 1j):
        print(a + b, a - b, a * b, a / b, a == b, a != b)
print((1 + 2j) ** 2, (1 + 2j) ** -1, 2 ** 1j, (1 + 1j) ** 0.5, 1j ** 1j, (-8) ** (1 / 3), (-1) ** 0.5, (2j) ** 100, 0j ** 0)
print(abs(3 + 4j), (3 + 4j).real, (3 + 4j).imag, (3 + 4j).conjugate(), -(1 + 2j), +(1 + 2j), bool(0j), bool(1j))
print(hash(1 + 0j) == hash(1), hash(2.5 + 0j) == hash(2.5), hash(1 + 2j), {1: "one"}[1 + 0j], 1 in [1 + 0j])
print(complex(), complex(1), complex(1, 2), complex(1j, 2j), complex("1+2j"), complex(" ( -1.5e3-j ) "), complex("nan"), complex(imag=2), complex(real=1.5))
print(f"{1+2j} {1+2j:.2f} {1.5j:>10} {1+2j!r:>10} {1-2j:+.1e} {3+0j:g} {1234567.5+1j:,.1f}", "%s" % (1 + 2j), str(1j), format(2j, "<8") + "|")
print(sum([1j, 2, 0.5]), isinstance(1j, complex), type(1j), 1j == 1j, 1j is None, (1 + 0j) == 1.0, (2 ** 60 + 0j) == 2 ** 60, (1 + 0j) != 1)
show(lambda: 1j < 2j)
show(lambda: 1j < 1)
show(lambda: 1j // 2)
show(lambda: 1j % 2)
show(lambda: divmod(1j, 2))
show(lambda: 1 / 0j)
show(lambda: 0j ** -1)
show(lambda: 0j ** 1j)
show(lambda: 10 ** (400 + 1j))
show(lambda: abs(1e308 + 1e308j * 10 / 10))
show(lambda: int(1j))
show(lambda: float(1j))
show(lambda: round(1j))
show(lambda: ~1j)
show(lambda: 1j & 1)
show(lambda: complex("1 + 2j"))
show(lambda: complex(""))
show(lambda: complex("1", 2))
show(lambda: complex(1, "2"))
show(lambda: complex([]))
show(lambda: complex(1, []))
show(lambda: complex(1, 2, 3))
show(lambda: complex(z=1))
show(lambda: pow(1j, 2, 3))
show(lambda: format(1j, "05"))
show(lambda: format(1j, "=5"))
show(lambda: format(1j, "d"))
show(lambda: (1j).foo)
show(lambda: "%d" % 1j)
show(lambda: [1][1j])
show(lambda: range(1j))


class Point(complex):
    def __add__(self, other):
        return Point(complex.__add__(self, other))


class Like:
    def __complex__(self):
        return 4 + 5j


p = Point(1, 2)
print(p, repr(p), type(p + 1), p + 1, p * 2, type(p * 2), p == 1 + 2j, complex(Like()), complex(p), p.real)
