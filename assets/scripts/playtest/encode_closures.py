"""Encodes plain data as JSON text by functions that call each other.

Each call of `encode` makes its functions anew. They refer to each other through their cells, so when the call is over
they hold each other, and everything else that they captured: the game's state among it. Reference counting cannot free
any of it.
"""


def make_encoder(root, quote, item_separator, key_separator, sort_keys, limit):
    open_containers: dict[int, object] = {}
    numbers = {"count": 0}

    def number(value):
        numbers["count"] += 1
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            if value != value or value in (float("inf"), float("-inf")):
                raise ValueError("not a number that JSON can hold: " + repr(value))
            return repr(round(value, 2))
        return str(value)

    def enter(container):
        if id(container) in open_containers:
            raise ValueError("a container holds itself" if container is not root else "the state holds itself")
        if len(open_containers) >= limit:
            raise ValueError("nested too deeply")
        open_containers[id(container)] = container

    def leave(container):
        del open_containers[id(container)]

    def sequence(items):
        if not items:
            yield "[]"
            return
        enter(items)
        separator = "["
        for item in items:
            yield separator
            separator = item_separator
            yield from anything(item)
        yield "]"
        leave(items)

    def mapping(items):
        if not items:
            yield "{}"
            return
        enter(items)
        separator = "{"
        keys = sorted(items) if sort_keys else list(items)
        for key in keys:
            yield separator
            separator = item_separator
            yield quote(key)
            yield key_separator
            yield from anything(items[key])
        yield "}"
        leave(items)

    def anything(value):
        if value is None:
            yield "null"
        elif isinstance(value, str):
            yield quote(value)
        elif isinstance(value, (bool, int, float)):
            yield number(value)
        elif isinstance(value, dict):
            yield from mapping(value)
        elif isinstance(value, (list, tuple)):
            yield from sequence(value)
        else:
            raise TypeError("cannot encode a " + type(value).__name__)

    return anything


def quoted(text):
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"'


def encode(state):
    anything = make_encoder(state, quoted, ", ", ": ", True, 64)
    return "".join(anything(state))
