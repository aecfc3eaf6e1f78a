"""Writes unicode_tables.rs from the Unicode data of the python3.11 that runs it (Unicode 14.0).

    /usr/bin/python3.11 gen_unicode_tables.py > unicode_tables.rs
"""
import unicodedata

ALPHA, DECIMAL, DIGIT, NUMERIC, SPACE, LOWER, UPPER, TITLE = (1 << n for n in range(8))
PRINTABLE, ID_START, ID_CONTINUE, CASE_IGNORABLE = (1 << n for n in range(8, 12))
MID_LETTER = "':.\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a"


def flags(c):
    f = 0
    for bit, on in (
        (ALPHA, c.isalpha()), (DECIMAL, c.isdecimal()), (DIGIT, c.isdigit()), (NUMERIC, c.isnumeric()),
        (SPACE, c.isspace()), (LOWER, c.islower()), (UPPER, c.isupper() and unicodedata.category(c) != "Lt"),
        (TITLE, unicodedata.category(c) == "Lt"), (PRINTABLE, c.isprintable()), (ID_START, c.isidentifier()),
        (ID_CONTINUE, ("a" + c).isidentifier()),
        (CASE_IGNORABLE, unicodedata.category(c) in ("Mn", "Me", "Cf", "Lm", "Sk") or c in MID_LETTER),
    ):
        if on:
            f |= bit
    return f


def lines(items, per_line):
    for i in range(0, len(items), per_line):
        print("    " + " ".join(items[i:i + per_line]))


def text(s):
    return '"' + "".join("\\u{%x}" % ord(c) for c in s) + '"'


everything = [chr(n) for n in range(0x110000) if not 0xD800 <= n < 0xE000]
classes, runs, last = [], [], None
for c in everything:
    f = flags(c)
    if f not in classes:
        classes.append(f)
    if f != last:
        runs.append((ord(c), classes.index(f)))
        last = f

print("//! Unicode 14.0 character classes and the case mappings that the standard library lacks.")
print("//!")
print("//! Written by `gen_unicode_tables.py`; knows no meaning of its numbers: `unicode.rs` reads them.")
print()
print("/// The distinct sets of class bits; a run names one by its index.")
print("#[rustfmt::skip]")
print(f"pub(super) static CLASSES: [u16; {len(classes)}] = [")
lines([f"{f:#x}," for f in classes], 16)
print("];")
print()
print("/// Runs of equal class, in order: the first character shifted left by eight, with the index of its class.")
print("#[rustfmt::skip]")
print(f"pub(super) static RUNS: [u32; {len(runs)}] = [")
lines([f"{n << 8 | k:#x}," for n, k in runs], 14)
print("];")
print()
zeros = [ord(c) for c in everything if c.isdecimal() and unicodedata.decimal(c) == 0]
print("/// The zero of each run of ten decimal digits.")
print("#[rustfmt::skip]")
print(f"pub(super) static DECIMAL_ZEROS: [u32; {len(zeros)}] = [")
lines([f"{n:#x}," for n in zeros], 14)
print("];")
for name, what, pairs in (
    ("TITLE_CASE", "Characters whose title case differs from their upper case.",
     [(c, c.title()) for c in everything if c.title() != c.upper()]),
    ("CASE_FOLD", "Characters whose case folding differs from their lower case.",
     [(c, c.casefold()) for c in everything if c.casefold() != c.lower()]),
):
    print()
    print(f"/// {what}")
    print("#[rustfmt::skip]")
    print(f"pub(super) static {name}: [(char, &str); {len(pairs)}] = [")
    lines([f"('\\u{{{ord(c):x}}}', {text(to)})," for c, to in pairs], 6)
    print("];")
