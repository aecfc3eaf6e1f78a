# A variable keeps what it had when the call that would have set it raises.
import math


class Stubborn:
    def __hash__(self):
        raise ValueError("no hash")

    def __lt__(self, other):
        raise ValueError("no order")

    def __abs__(self):
        raise ValueError("no size")


stubborn = Stubborn()


def search(table, key):
    found = "default"
    try:
        found = table.get(key)
    except (TypeError, ValueError) as error:
        print("  ", error)
    return found


print(search({}, 1), search({}, []), search({}, stubborn))

CALLS = [
    "{}.pop('key')", "{}.setdefault([], 1)", "[].pop()", "[1].index(2)", "[1].remove(2)", "set().pop()", "max([])",
    "min(stubborn, stubborn)", "sum(['a'])", "sorted([1, 'a'])", "abs(stubborn)", "hash(stubborn)", "ord('ab')", "chr(-1)",
    "divmod(1, 0)", "round('a')", "next(iter([]))", "getattr(1, 'colour')", "issubclass(1, 1)", "math.sqrt(-1)",
    "'a'.index('b')", "'-'.join([1])", "'{}'.format()", "b'\\xff'.decode()", "(1).bit_length(2)", "format(1, 'zz')", "print(end=1)",
]
SHAPES = """
def single():
    x = "kept"
    try:
        x = {call}
    except Exception:
        pass
    return x

def several():
    x = y = "kept"
    try:
        x = y = {call}
    except Exception:
        pass
    return x, y

def unpacked():
    x = y = "kept"
    try:
        x, y = 1, {call}
    except Exception:
        pass
    return x, y

def looped():
    x = 0
    for turn in range(3):
        try:
            x = {call}
        except Exception:
            x += 1
    return x

def unbound():
    try:
        x = {call}
    except Exception:
        pass
    try:
        return x
    except UnboundLocalError as error:
        return str(error)
"""
for call in CALLS:
    names = {"stubborn": stubborn, "math": math}
    exec(SHAPES.format(call=call), names)
    results = [names[shape]() for shape in ("single", "several", "unpacked", "looped", "unbound")]
    print(call, results)
