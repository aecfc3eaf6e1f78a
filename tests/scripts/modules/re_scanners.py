"""Scanners, patterns of bytes-like objects, pickled patterns, and how flags are shown."""
import collections
import pickle
import re

Token = collections.namedtuple("Token", "kind text")
words = re.compile(r"(?P<NUMBER>\d+)|(?P<NAME>[a-z]+)|(?P<SPACE>\s+)")


def tokens(text):
    scanner = words.scanner(text)
    for found in iter(scanner.match, None):
        if found.lastgroup != "SPACE":
            yield Token(found.lastgroup, found.group())


print(list(tokens("ab 12 c ? d")))
scanner = re.compile(r"\s").scanner("a b c")
print([scanner.search().span(), scanner.search().span(), scanner.search(), scanner.search()])
scanner = re.compile("x*").scanner("axxb")
print([found.span() for found in iter(scanner.search, None)])
scanner = re.compile("a").scanner("baa", 1, 2)
print(scanner.match(), scanner.match(), scanner.pattern)
print(re.sub(b"y", bytearray(b"a"), bytearray(b"xyz")), re.sub(b"y", memoryview(b"a"), memoryview(b"xyz")))
for pattern in bytearray(b"y"), 5, None:
    try:
        re.compile(pattern)
    except TypeError as error:
        print(error)
kept = pickle.loads(pickle.dumps(re.compile("a+", re.I)))
print(kept, kept == re.compile("a+", re.I), kept.flags)
print(repr(re.I | re.S | re.X | (1 << 20)), repr(re.RegexFlag(0)), repr(re.compile("x", re.I | re.M)))
print(re.match("\ufb05", "\ufb06", re.I), re.match("[\ufb05]", "\ufb06", re.I), re.match("ß", "ẞ", re.I), re.match("k", "\u212a", re.I))
