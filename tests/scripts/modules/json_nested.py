"""JSON there and back."""
import json

data = {"players": [{"name": f"p{i}", "at": [i * 1.5, -i], "tags": {"a": None, "b": [True, False]}} for i in range(5)], "level": {"rows": ["#.#"] * 3}}
text = json.dumps(data, sort_keys=True)
print(len(text), json.loads(text) == data, json.loads(json.dumps(data, indent=3)) == data)
deep = []
for _ in range(200):
    deep = [deep]
print(json.dumps(deep).count("["), json.loads(json.dumps(deep)) == deep)


class Decoder(json.JSONDecoder):
    def __init__(self):
        super().__init__(object_hook=self.hook)

    def hook(self, d):
        return tuple(sorted(d))


print(json.loads('{"b": {"x": 1}, "a": 2}', cls=Decoder))


class Special(dict):
    pass


class Text(str):
    pass


class Number(int):
    def __repr__(self):
        return "never"


print(json.dumps([Special(a=1), Text("t"), Number(5), (1,), {Text("k"): Number(2)}]))
try:
    json.loads("[" * 100000)
except RecursionError:
    print("too deep")
