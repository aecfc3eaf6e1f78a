# Every method of the containers with arguments that fit and that do not.
import itertools
class Index:
    def __index__(self):
        return 1
    def __repr__(self):
        return "Index()"
def shown(value):
    if hasattr(value, "__next__"):
        return type(value).__name__, list(itertools.islice(value, 4))
    return value
def run(label, function, arguments, keywords={}):
    try:
        print(label, "=", repr(shown(function(*arguments, **keywords))))
    except Exception as error:
        print(label, "!", type(error).__name__, error)

values = [0, -1, 1.5, "a", None, [1, 2], (1,), {1: 2}, {3}, Index(), True]
makers = {
    "list": lambda: [3, 1, 2], "tuple": lambda: (3, 1, 2), "dict": lambda: {"a": 1, 2: "b"}, "set": lambda: {1, 2, 3}, "frozenset": lambda: frozenset({1, 2}),
    "range": lambda: range(0, 10, 2), "keys": lambda: {1: 2, 3: 4}.keys(), "items": lambda: {1: 2, 3: 4}.items(),
}
for name, make in makers.items():
    for method in sorted(dir(make())):
        if method.startswith("_") or not callable(getattr(make(), method)):
            continue
        for count in range(3):
            for number, arguments in enumerate(itertools.product(values, repeat=count)):
                if count == 2 and number % 7:
                    continue
                target = make()
                run(f"{name}.{method}{arguments!r}", getattr(target, method), arguments)
                if type(target) in (list, dict, set) and target != make():
                    print("   ", target)
        run(f"{name}.{method}(0, 0, 0, 0)", getattr(make(), method), (0, 0, 0, 0))
