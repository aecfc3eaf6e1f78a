"""Writing JSON."""
import io
import json

data = {"a": [1, 2.5, -0.0, 1e100, None, True, False], "b": {"c": "é\n\"\\/\u2028😀\x00"}, "d": (), "e": {}, "f": []}
print(json.dumps(data))
print(json.dumps(data, ensure_ascii=False))
print(json.dumps(data, indent=2))
print(json.dumps([1, {"x": [2]}], indent="\t"), json.dumps([1, 2], indent=0))
print(json.dumps(data, separators=(",", ":")), json.dumps({"b": 1, "a": 2}, sort_keys=True))
print(json.dumps({1: "a", 2.5: "b", None: "c", True: "d"}), json.dumps("x"), json.dumps(10**30))
print(json.dumps([float("inf"), float("-inf"), float("nan")]), json.dumps({(1, 2): 3, "k": 1}, skipkeys=True))


class Point:
    def __init__(self, x):
        self.x = x


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, Point):
            return {"point": o.x}
        return super().default(o)


print(json.dumps([Point(1)], cls=Encoder), json.dumps([Point(2)], default=lambda o: o.x), json.dumps({1, 2}, default=sorted))
out = io.StringIO()
json.dump({"a": [1]}, out)
print(out.getvalue(), "".join(json.JSONEncoder(indent=1).iterencode([1])))
loop = []
loop.append(loop)
for call in (
    lambda: json.dumps(Point(1)), lambda: json.dumps({(1,): 2}), lambda: json.dumps(loop), lambda: json.dumps(float("nan"), allow_nan=False),
    lambda: json.dumps(b"x"), lambda: json.dumps({"a": 1, 2: 3}, sort_keys=True),
):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
