# pow() with a modulus: small numbers, large ones, and the signs of all three.
moduli = [1, 2, 7, 97, 2**31 - 1, 2**32 - 5, 2**32 + 15, 2**46 + 1, 2**61 - 1, 2**89 - 1]
total = 0
for m in moduli:
    for b in (0, 1, 2, -1, -3, 5, 2**31, 2**46 + 7, -(2**46), 10**20):
        for e in (0, 1, 2, 3, 10, 63, 2**20, 2**40 + 1):
            got = pow(b, e, m)
            assert 0 <= got < m
            if e <= 63:
                assert got == b**e % m, (b, e, m)
            assert pow(b, e, -m) == (got - m if got else 0)
            total = (total * 31 + got) % (10**9 + 7)
print(total)
print(pow(3, -1, 7), pow(2, -3, 2**46 + 1), pow(True, 5, 7), pow(5, True, 3), pow(5, 2, True), type(pow(True, 1, 5)))
for args in ((2, 3, 0), (2, -1, 4), (2, 3, 1.5), (2.0, 3, 5), (2, 3, "a")):
    try:
        print(pow(*args))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(*(repr(s.strip(c)) for s in (" \t x y\x1f \n", "..a.b,,", "\xa0x\u2003", "\xe9\xe9a\xe9", "", "aaa") for c in (None, ".,", "a\xe9", "")))
print(*(repr(s.lstrip(c)) + repr(s.rstrip(c)) for s in ("\x0b\x0c \x85x\x1c", "abcab", "\u0130a\u0130") for c in (None, "ab", "\u0130")))
