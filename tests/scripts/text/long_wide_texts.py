"""Long texts that are not ASCII, gone through by index, slice, search and regular expression."""
import re

s = "añb→c😀" * 100
t = "ü" * 1000 + "x"
u = "日本語" * 200
assert [s[i] for i in range(len(s))] == list(s)
assert [s[-i] for i in range(1, len(s)+1)] == list(reversed(s))
for v in (s, t, u, "é" * 300, "x" * 500 + "é", "é" + "x" * 500):
    for i in range(0, len(v), 7):
        assert v[i] == list(v)[i]
        assert v[i:i+5] == "".join(list(v)[i:i+5]), (v[i:i+5])
        assert v.find(v[i], i) == i
    try: v[len(v)]
    except IndexError as e: print(e)
    print(v[len(v):] == "", v[len(v)-1], v[:3], v[-3:])
for m in re.finditer(r"(.)(\w)?", s):
    assert s[m.start():m.end()] == m.group()
P = re.compile("[añb]+")
pos = 0
n = 0
while True:
    m = P.search(s, pos)
    if not m: break
    n += 1; pos = m.end()
    assert m.group() == s[m.start():m.end()]
print(n)
it = re.finditer("a", "banana")
print(type(it).__name__, iter(it) is it, next(it).span(), [m.start() for m in it], list(it))
print([m.span() for m in re.finditer("x*", "axb")], [m.span() for m in re.finditer(b"a*", b"baac")])
ba = bytearray(b"xaxa"); it = re.finditer(b"a", ba); print(next(it).group()); 
print([m.group() for m in it])
