"""string: constants, Template, Formatter."""
import string

print(string.ascii_letters, string.digits, string.hexdigits, string.punctuation, repr(string.whitespace), len(string.printable))
print(string.capwords("hello  big world"), string.capwords("a-b", "-"))
t = string.Template("$who likes ${what}s and $$5")
print(t.substitute(who="tim", what="cat"), t.safe_substitute(who="x"), t.substitute({"who": 1, "what": 2}), t.is_valid(), t.get_identifiers())
for text in ("$", "a\n$1", "${x"):
    try:
        string.Template(text).substitute()
    except ValueError as e:
        print(e)
try:
    t.substitute(who="a")
except KeyError as e:
    print("KeyError", e)
f = string.Formatter()
print(f.format("{} {x!r:>5} {0[1]}" if False else "{0} {x!r:>5} {0[1]}", [1, 2], x="a"), f.vformat("{a.real:05.1f}", (), {"a": 2.5}))
print(list(f.parse("a{b!r:>{w}}c{{d")), f.format("{} {}", 1, 2))


class Default(string.Formatter):
    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f"<{key}>") if isinstance(key, str) else super().get_value(key, args, kwargs)


print(Default().format("{a} {b}", a=1))
