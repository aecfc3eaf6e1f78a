"""Writes unicode_property_tables.rs from the Unicode data of the python3.11 that runs it (Unicode 14.0).

    /usr/bin/python3.11 gen_unicode_properties.py > unicode_property_tables.rs
"""
import unicodedata as u

everything = [chr(n) for n in range(0x110000) if not 0xD800 <= n < 0xE000]
records, runs, last = {}, [], None
for c in everything:
    record = u.category(c), u.bidirectional(c), u.combining(c), u.east_asian_width(c), u.mirrored(c)
    place = records.setdefault(record, len(records))
    if place != last:
        runs.append((ord(c), place))
        last = place
numbers = [(c, u.numeric(c)) for c in everything if u.numeric(c, None) is not None and u.decimal(c, None) is None]


def lines(items, per_line):
    for i in range(0, len(items), per_line):
        print("    " + " ".join(items[i:i + per_line]))


print("//! Unicode 14.0 properties of characters that only the module `unicodedata` tells of.")
print("//!")
print("//! Written by `gen_unicode_properties.py`; knows no meaning of its numbers: `unicode_properties.rs` reads them.")
print()
print("/// The distinct sets of properties: category, direction, combining class, width, whether it is mirrored.")
print("#[rustfmt::skip]")
print(f"pub(super) static RECORDS: [(&str, &str, u8, &str, bool); {len(records)}] = [")
lines([f'("{a}", "{b}", {k}, "{w}", {"true" if m else "false"}),' for a, b, k, w, m in records], 5)
print("];")
print()
print("/// Runs of equal properties, in order: the first character shifted left by nine, with the index of its record.")
print("#[rustfmt::skip]")
print(f"pub(super) static RUNS: [u32; {len(runs)}] = [")
assert len(records) < 512
lines([f"{n << 9 | k:#x}," for n, k in runs], 16)
print("];")
print()
print("/// The values of characters that are numbers and no decimal digits.")
print("#[rustfmt::skip]")
print(f"pub(super) static NUMBERS: [(char, f64); {len(numbers)}] = [")
lines([f"('\\u{{{ord(c):x}}}', {value!r})," for c, value in numbers], 7)
print("];")
