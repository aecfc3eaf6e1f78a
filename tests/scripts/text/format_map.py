# format_map looks keys up in any mapping.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

class Default(dict):
    def __missing__(self, key):
        return key + "?"

class Any:
    def __getitem__(self, key):
        return "<" + key + ">"

print("{a} {b}".format_map(Default(a=1)), "{x.real} {y}".format_map({"x": 5, "y": "z"}), "{anything}".format_map(Any()))
attempt("{}".format_map, {})
attempt("{0}".format_map, {"0": 1})
attempt("{a}".format_map, {})
attempt("{a}".format_map)
attempt("{a}".format_map, 5)
