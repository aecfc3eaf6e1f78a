# Text to int: bases, signs, spaces, underscores, other digits, and the errors.
for text in ["0", "-0", "+5", " 7 ", "\t8\n", "00012", "1_000", "1__0", "_1", "1_", "0x1f", "0b11", "0o17", "0X_ff", "1e5", "1.0", "", " ", "-", "+", "--1", "+-1", "- 1", "١٢٣", "௧", "²", "½", "１２", "abc", "z", "0b2", "0x", "0_0", "1 2", "9" * 30, "-" + "9" * 30, "\x00", "1\x00", "é"]:
    results = []
    for base in (10, 0, 2, 8, 16, 36):
        try:
            results.append(repr(int(text, base)))
        except ValueError as error:
            results.append(str(error) if base == 10 else "!")
    print(repr(text), results)
for text, base in [("10", 1), ("10", 37), ("10", -2), ("ff", 16), ("FF", 16), ("zz", 36), ("12", 2), ("0b1", 16), ("0b1", 2), ("0o7", 8), ("0x7", 8), ("08", 0), ("0", 0), ("00", 0), ("-0x10", 16), ("-0x10", 0), ("0x-10", 16), (b"12", 10), (bytearray(b"7"), 8), ("1", True), ("1", 10.0), (5, 10), (None, 10), ("1", None), ("1" * 40, 3)]:
    try:
        print(repr(text), base, int(text, base))
    except Exception as error:
        print(repr(text), base, type(error).__name__, error)
for value in [1.5, -1.5, 1e20, True, b"12", b"1\xff", bytearray(b" 9 "), None, [], {}, (), "1.5", float("inf"), float("-inf"), float("nan"), 2 ** 70, 1j, object]:
    try:
        print(repr(value), int(value))
    except Exception as error:
        print(repr(value), type(error).__name__, error)
print(bin(0), bin(-5), hex(255), hex(-256), oct(8), oct(-1), f"{255:#010x} {255:b} {-255:o} {255:X}")
print((255).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "little"), (-1).to_bytes(1, "big", signed=True), int.from_bytes(b"\xff", "big", signed=True), (5).to_bytes())
for make in [lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: (1).to_bytes(-1, "big"), lambda: (1).to_bytes(1, "middle"), lambda: int.from_bytes("a", "big"), lambda: int.from_bytes([1, 300], "big"), lambda: int.from_bytes([1, 2], "big")]:
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)
