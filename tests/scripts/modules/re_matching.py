"""Matching regular expressions."""
import re

m = re.search(r"(?P<word>\w+) (\d+)", "say hello 42 times")
print(m, m.group(), m.group(1), m["word"], m.groups(), m.groupdict(), m.span(), m.start(2), m.end("word"), m.lastindex, m.lastgroup)
print(re.match(r"b", "abc"), re.fullmatch(r"a.c", "abc"), re.findall(r"\d+", "a1b22c333"), re.findall(r"(a)(b)?", "abaa"))
print([x.group() for x in re.finditer(r"[aeiou]", "education")], re.split(r"[,;]\s*", "a, b;c"), re.split(r"(-)", "a-b-c", maxsplit=1))
print(re.sub(r"\s+", " ", "a  b \n c"), re.sub(r"(\w)(\w)", r"\2\1", "abcd"), re.subn("a", "b", "banana", count=2))
print(re.sub(r"\d", lambda m: str(int(m.group()) * 2), "a1b2"), re.sub(r"(?P<x>a)", r"<\g<x>>", "cat"), re.sub("x*", "-", "abc"))
print(re.compile("a", re.I).match("A"), re.findall("^a", "a\na", re.M), re.search("a.b", "a\nb", re.S), re.search(r"a b # c", "ab", re.X))
p = re.compile(r"(?i)ab+", re.M)
print(p, p.pattern, p.flags, p.groups, re.compile(r"(?P<a>.)(?P<b>.)").groupindex, p == re.compile(r"(?i)ab+", re.M))
print(re.escape("a.b*c"), re.match("(a)|b", "b").groups("none"), re.match(r"(\w)\1", "aab"), re.search(r"(?<=\$)\d+", "cost $15"))
print(re.findall(rb"\d", b"a1b2"), re.sub(rb"a", b"x", b"cat"), re.search("é+", "caféé").span(), m.expand(r"\2-\1"))
print(p.search("xxABB", 2), p.search("xxABB", 3), m.string, m.pos, m.endpos, m.re.pattern)
for pattern in ("(", "[a", "a**", "(?P<1>a)", "\\", "(?<=a+)b", "*a", "a{2,1}", "(?P=x)"):
    try:
        re.compile(pattern)
    except re.error as e:
        print(repr(pattern), e, e.msg, e.pos)
for call in (lambda: m.group(9), lambda: re.match("a", b"a"), lambda: re.match(b"a", "a"), lambda: re.match("a", 3), lambda: re.sub("a", r"\9", "a")):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
print(re.I, repr(re.I | re.M), re.compile("a").flags)
