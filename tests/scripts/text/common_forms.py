"""The commonest loops, slices, formats and splits, and what is just beside them."""
for c in "abc": print(c, end="")
for c in "": print(c)
for c in "aé": print(c, end="")
for i, c in zip(range(2), "abc"): print(i, c, end=" ")
print([c for c in "xyz"], list(c for c in "pq"), {c for c in "a"}, {c: 1 for c in "ab"})
s2 = "ab"
for c in s2:
    s2 += c
print(s2)
print("abc"[::-1], ""[::-1], "abc"[5:1:-1], "abcdef"[4:1:-1], "abc"[::-2], "abc"[0:0:-1], "a"[::-1], "abc"[-1:-4:-1])
print("%x %X %o %5x|%-6x|%06x %r %10r|%-5s|%5s|%05d|%-5d|%8.3f|%-9.2f|%08.2f" % (255, 255, 8, -255, 16, -16, "a", "b", "c", "d", -42, 42, 3.14159, 2.5, -1.5))
print("%s %s %r %d%%" % (None, True, 1.5, 3), "%s" % 5, "%s" % "x", "%(a)s-%(b)5d" % {"a": [1], "b": 3}, "%5s|%-5s|" % ("é", "日本"))
print(f"{1234567:,} {1234567.891:,.2f} {-1234:,} {0.256:.1%} {0.5:%} {3:.2f} {7:5.1f}| {255:x} {255:X} {5:08b} {-5:b} {8:o} {'x':*^9} {5:->6} {1e20:,.0f} {1.5:>8} {1.5:<8}| {float('inf'):,} {-0.0:.1f} {999:,} {1000:,} {123456:>12,}")
print("ab" * 3, "x" * 5, 3 * "yz", "é" * 3, "" * 5, "a" * -1, "a" * 0)
print("a\nb\r\nc\x85d\u2028e\x1cf".splitlines(), "a,b,c".rsplit(","), "a--b--c".rsplit("--", 1), "  a b ".split(), "a b".split(None, 1), "".split(), " ".split(), "a".split(","), ",".split(","))
print("hello".encode(), "é".encode("utf-8"), b"abc".decode(), b"\xc3\xa9".decode("utf8"), str(b"x", "ascii"), str(5), str("x"), str(1.5), str([1]))
print("abc".translate(str.maketrans("ab", "xy")), "abc".translate({97: None, 98: "ZZ"}), "ééa".translate({ord("é"): "e"}))
try: b"\xff".decode()
except UnicodeDecodeError as e: print(e)
print(float("1.5"), float(" 1_0.5 "), float("inf"), float("1e5"), bin(10), hex(-255), oct(8), bin(0))
for bad in ("1__0", "", "x", "1_"):
    try: float(bad)
    except ValueError as e: print(e)
print("  x ".strip(), "xxaxx".strip("x"), "\u3000 a\u3000".strip(), "abc".strip("abc") == "", "éaé".strip("é"))
