"""Encodes plain data as JSON text by the methods of a class: the same text as encode_closures, and nothing lingers.

The methods find each other through the object when they are called, so nothing is held that holds back.
"""


class Encoder:
    def __init__(self, root, item_separator, key_separator, sort_keys, limit):
        self.root = root
        self.item_separator = item_separator
        self.key_separator = key_separator
        self.sort_keys = sort_keys
        self.limit = limit
        self.open_containers = {}

    def encode(self):
        return "".join(self.anything(self.root))

    def number(self, value):
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            if value != value or value in (float("inf"), float("-inf")):
                raise ValueError("not a number that JSON can hold: " + repr(value))
            return repr(round(value, 2))
        return str(value)

    def quoted(self, text):
        text = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"'

    def enter(self, container):
        if id(container) in self.open_containers:
            raise ValueError("a container holds itself")
        if len(self.open_containers) >= self.limit:
            raise ValueError("nested too deeply")
        self.open_containers[id(container)] = container

    def leave(self, container):
        del self.open_containers[id(container)]

    def sequence(self, items):
        if not items:
            yield "[]"
            return
        self.enter(items)
        separator = "["
        for item in items:
            yield separator
            separator = self.item_separator
            yield from self.anything(item)
        yield "]"
        self.leave(items)

    def mapping(self, items):
        if not items:
            yield "{}"
            return
        self.enter(items)
        separator = "{"
        keys = sorted(items) if self.sort_keys else list(items)
        for key in keys:
            yield separator
            separator = self.item_separator
            yield self.quoted(key)
            yield self.key_separator
            yield from self.anything(items[key])
        yield "}"
        self.leave(items)

    def anything(self, value):
        if value is None:
            yield "null"
        elif isinstance(value, str):
            yield self.quoted(value)
        elif isinstance(value, (bool, int, float)):
            yield self.number(value)
        elif isinstance(value, dict):
            yield from self.mapping(value)
        elif isinstance(value, (list, tuple)):
            yield from self.sequence(value)
        else:
            raise TypeError("cannot encode a " + type(value).__name__)


def encode(state):
    return Encoder(state, ", ", ": ", True, 64).encode()
