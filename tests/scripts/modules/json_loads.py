"""Reading JSON."""
import io
import json

print(json.loads('{"a": [1, -2.5e3, null, true, false], "b": "\\u00e9\\n\\ud83d\\ude00"}'))
print(json.loads(" [ ] "), json.loads("{}"), json.loads('"x"'), json.loads("12345678901234567890"), json.loads("[NaN, -Infinity]"))
print(json.loads('{"a": 1, "a": 2}'), json.loads(b'[1]'), json.load(io.StringIO('{"k": [1]}')))
print(json.loads('{"x": {"y": 1}}', object_hook=lambda d: sorted(d.items())), json.loads('{"b": 1, "a": 2}', object_pairs_hook=list))
print(json.loads("[1.5, 2]", parse_float=str, parse_int=lambda s: s + "!"), json.loads("[NaN]", parse_constant=lambda c: c))
print(json.JSONDecoder().raw_decode('[1] tail'), json.loads('"a\tb"', strict=False))
for text in (
    "", "[1,", "[1 2]", "{", '{"a"}', '{"a": }', "{a: 1}", '"abc', '"\\x"', '"\\u12"', "[1] x", "nul", "-", '{"a": 1,}', "[1,]",
    '"a\tb"', "\n\n  [1,\n 2,\n  oops]", "01", "1.", "+1",
):
    try:
        print(json.loads(text))
    except json.JSONDecodeError as e:
        print(e, e.pos, e.lineno, e.colno, repr(e.msg))
try:
    json.loads(3)
except TypeError as e:
    print(e)
