# Builtin functions and constructors with arguments that fit and that do not.
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

import builtins
class Plain:
    x = 1
    def __repr__(self):
        return "Plain()"
values = [0, -1, 1.5, "a", "x", None, [1, 2], (1,), {1: 2}, {3}, Index(), True, b"b", int, range(3), 2 ** 70, slice(1), len, Plain()]
names = """abs all any ascii bin bool callable chr dict divmod enumerate filter float format getattr hasattr hex int isinstance issubclass
list map max min next oct ord pow range repr reversed round slice sorted str sum tuple zip setattr""".split()
for name in names:
    function = getattr(builtins, name)
    for count in range(4):
        for number, arguments in enumerate(itertools.product(values, repeat=count)):
            if count == 2 and number % 11 or count == 3 and number % 431:
                continue
            run(f"{name}{arguments!r}", function, arguments)
