"""Objects as text in lines that are not too long."""

import collections
import dataclasses
import io
import re
import sys
import types

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(
        indent=indent, width=width, depth=depth, stream=stream, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers
    ).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(
        indent=indent, width=width, depth=depth, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers
    ).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    return PrettyPrinter().isreadable(object)


def isrecursive(object):
    return PrettyPrinter().isrecursive(object)


class _Key:
    """Sorts what has no order by the names of types."""

    __slots__ = ("obj",)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


def _pair_key(pair):
    return _Key(pair[0]), _Key(pair[1])


def _loop(object):
    return f"<Recursion on {type(object).__name__} with id={id(object)}>"


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth = depth
        self._indent_per_level = indent
        self._width = width
        self._stream = sys.stdout if stream is None else stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        stream = io.StringIO()
        self._format(object, stream, 0, 0, {}, 0)
        return stream.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        return self._safe_repr(object, context, maxlevels, level)

    def _repr(self, object, context, level):
        return self.format(object, context.copy(), self._depth, level)[0]

    def _format(self, object, stream, indent, allowance, context, level):
        """Writes an object from a column on; after it, on its last line, stand as many characters as are allowed for."""
        key = id(object)
        if key in context:
            stream.write(_loop(object))
            return
        text = self._repr(object, context, level)
        if len(text) > self._width - indent - allowance:
            shape = self._shapes.get(type(object).__repr__)
            if shape is None and dataclasses.is_dataclass(object) and not isinstance(object, type):
                if object.__dataclass_params__.repr and hasattr(object.__repr__, "__wrapped__"):
                    shape = PrettyPrinter._dataclass
            if shape is not None:
                context[key] = 1
                shape(self, object, stream, indent, allowance, context, level + 1)
                del context[key]
                return
        stream.write(text)

    def _dataclass(self, object, stream, indent, allowance, context, level):
        name = type(object).__name__
        fields = [(field.name, getattr(object, field.name)) for field in dataclasses.fields(object) if field.repr]
        stream.write(name + "(")
        self._named(fields, stream, indent + len(name) + 1, allowance, context, level)
        stream.write(")")

    def _named(self, pairs, stream, indent, allowance, context, level):
        for at, (name, value) in enumerate(pairs):
            last = at == len(pairs) - 1
            stream.write(name + "=")
            if id(value) in context:
                stream.write("...")
            else:
                self._format(value, stream, indent + len(name) + 1, allowance if last else 1, context, level)
            if not last:
                stream.write(",\n" + " " * indent)

    def _dict(self, object, stream, indent, allowance, context, level):
        stream.write("{")
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        if object:
            pairs = sorted(object.items(), key=_pair_key) if self._sort_dicts else list(object.items())
            self._pairs(pairs, stream, indent, allowance + 1, context, level)
        stream.write("}")

    def _pairs(self, pairs, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        for at, (key, value) in enumerate(pairs):
            last = at == len(pairs) - 1
            text = self._repr(key, context, level)
            stream.write(text + ": ")
            self._format(value, stream, indent + len(text) + 2, allowance if last else 1, context, level)
            if not last:
                stream.write(",\n" + " " * indent)

    def _ordered(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = type(object).__name__
        stream.write(name + "(")
        self._format(list(object.items()), stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(")")

    def _view(self, object, stream, indent, allowance, context, level):
        name = type(object).__name__
        key = _pair_key if isinstance(object, type({}.items())) else _Key
        stream.write(name + "(")
        self._list(sorted(object, key=key) if self._sort_dicts else list(object), stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(")")

    def _list(self, object, stream, indent, allowance, context, level):
        stream.write("[")
        self._items(object, stream, indent, allowance + 1, context, level)
        stream.write("]")

    def _tuple(self, object, stream, indent, allowance, context, level):
        stream.write("(")
        end = ",)" if len(object) == 1 else ")"
        self._items(object, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _set(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        if type(object) is set:
            start, end = "{", "}"
        else:
            start, end = type(object).__name__ + "({", "})"
            indent += len(start) - 1
        stream.write(start)
        self._items(sorted(object, key=_Key), stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        between = ",\n" + " " * indent
        separator = ""
        width = most = self._width - indent + 1
        items = list(items)
        for at, item in enumerate(items):
            if at == len(items) - 1:
                most -= allowance
                width -= allowance
            if self._compact:
                text = self._repr(item, context, level)
                room = len(text) + 2
                if width < room:
                    width = most
                    if separator:
                        separator = between
                if width >= room:
                    width -= room
                    stream.write(separator + text)
                    separator = ", "
                    continue
            stream.write(separator)
            separator = between
            self._format(item, stream, indent, allowance if at == len(items) - 1 else 1, context, level)

    def _str(self, object, stream, indent, allowance, context, level):
        """A long text as several, cut at its ends of lines and then between words."""
        if not object:
            stream.write(repr(object))
            return
        if level == 1:
            indent += 1
            allowance += 1
        room = self._width - indent
        lines = object.splitlines(True)
        chunks = []
        for at, line in enumerate(lines):
            room_last = room - allowance if at == len(lines) - 1 else room
            if len(repr(line)) <= room_last:
                chunks.append(repr(line))
                continue
            words = [word for word in re.findall(r"\S*\s*", line) if word]
            now = ""
            for place, word in enumerate(words):
                longer = now + word
                most = room - allowance if place == len(words) - 1 and at == len(lines) - 1 else room
                if len(repr(longer)) > most:
                    if now:
                        chunks.append(repr(now))
                    longer = word
                now = longer
            if now:
                chunks.append(repr(now))
        if len(chunks) == 1:
            stream.write(chunks[0])
            return
        text = ("\n" + " " * indent).join(chunks)
        stream.write(f"({text})" if level == 1 else text)

    def _bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        parens = level == 1
        if parens:
            indent += 1
            allowance += 1
        chunks = list(_byte_chunks(object, self._width - indent, allowance))
        text = ("\n" + " " * indent).join(chunks)
        stream.write(f"({text})" if parens else text)

    def _bytearray(self, object, stream, indent, allowance, context, level):
        stream.write("bytearray(")
        self._bytes(bytes(object), stream, indent + 10, allowance + 1, context, level + 1)
        stream.write(")")

    def _proxy(self, object, stream, indent, allowance, context, level):
        stream.write("mappingproxy(")
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(")")

    def _namespace(self, object, stream, indent, allowance, context, level):
        name = "namespace" if type(object) is types.SimpleNamespace else type(object).__name__
        stream.write(name + "(")
        self._named(list(object.__dict__.items()), stream, indent + len(name) + 1, allowance, context, level)
        stream.write(")")

    def _defaultdict(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        start = f"{type(object).__name__}({self._repr(object.default_factory, context, level)},"
        indent += len(type(object).__name__) + 1
        stream.write(start + "\n" + " " * indent)
        self._dict(object, stream, indent, allowance + 1, context, level)
        stream.write(")")

    def _counter(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        start = type(object).__name__ + "({"
        stream.write(start)
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")
        self._pairs(object.most_common(), stream, indent + len(start) - 1, allowance + 2, context, level)
        stream.write("})")

    def _chain(self, object, stream, indent, allowance, context, level):
        if not object.maps:
            stream.write(repr(object))
            return
        start = type(object).__name__ + "("
        stream.write(start)
        indent += len(start)
        for at, part in enumerate(object.maps):
            last = at == len(object.maps) - 1
            self._format(part, stream, indent, allowance + 1 if last else 1, context, level)
            stream.write(")" if last else ",\n" + " " * indent)

    def _deque(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        start = type(object).__name__ + "("
        stream.write(start)
        indent += len(start)
        stream.write("[")
        if object.maxlen is None:
            self._items(object, stream, indent, allowance + 2, context, level)
            stream.write("])")
        else:
            self._items(object, stream, indent, 2, context, level)
            stream.write(f"],\n{' ' * indent}maxlen={self._repr(object.maxlen, context, level)})")

    def _user(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    _shapes = {
        dict.__repr__: _dict,
        collections.OrderedDict.__repr__: _ordered,
        type({}.keys()).__repr__: _view,
        type({}.values()).__repr__: _view,
        type({}.items()).__repr__: _view,
        list.__repr__: _list,
        tuple.__repr__: _tuple,
        set.__repr__: _set,
        frozenset.__repr__: _set,
        str.__repr__: _str,
        bytes.__repr__: _bytes,
        bytearray.__repr__: _bytearray,
        types.MappingProxyType.__repr__: _proxy,
        types.SimpleNamespace.__repr__: _namespace,
        collections.defaultdict.__repr__: _defaultdict,
        collections.Counter.__repr__: _counter,
        collections.ChainMap.__repr__: _chain,
        collections.deque.__repr__: _deque,
        collections.UserDict.__repr__: _user,
        collections.UserList.__repr__: _user,
        collections.UserString.__repr__: _user,
    }

    def _safe_repr(self, object, context, maxlevels, level):
        """The text on one line, whether it could be read back, and whether the object holds itself."""
        kind = type(object)
        if kind in (str, float, complex, bool, type(None), bytes, bytearray):
            return repr(object), True, False
        shape = kind.__repr__
        if issubclass(kind, int) and shape is int.__repr__:
            return (f"{object:_d}" if self._underscore_numbers else repr(object)), True, False
        mapping = issubclass(kind, dict) and shape is dict.__repr__
        if not mapping and not (issubclass(kind, list) and shape is list.__repr__ or issubclass(kind, tuple) and shape is tuple.__repr__):
            text = repr(object)
            return text, bool(text) and not text.startswith("<"), False
        if not object:
            return ("{}" if mapping else "[]" if issubclass(kind, list) else "()"), True, False
        brackets = "{%s}" if mapping else "[%s]" if issubclass(kind, list) else "(%s,)" if len(object) == 1 else "(%s)"
        key = id(object)
        if maxlevels and level >= maxlevels:
            return brackets % "...", False, key in context
        if key in context:
            return _loop(object), False, True
        context[key] = 1
        readable, recursive = True, False
        parts = []

        def part(value):
            nonlocal readable, recursive
            text, ok, loops = self.format(value, context, maxlevels, level + 1)
            readable = readable and ok
            recursive = recursive or loops
            return text

        if mapping:
            pairs = sorted(object.items(), key=_pair_key) if self._sort_dicts else object.items()
            for name, value in pairs:
                parts.append(f"{part(name)}: {part(value)}")
        else:
            parts = [part(item) for item in object]
        part = None
        del context[key]
        return brackets % ", ".join(parts), readable, recursive


def _byte_chunks(data, width, allowance):
    """The texts of pieces of bytes, each of whole fours."""
    now = b""
    last = len(data) // 4 * 4
    for at in range(0, len(data), 4):
        part = data[at : at + 4]
        longer = now + part
        if at == last:
            width -= allowance
        if len(repr(longer)) > width:
            if now:
                yield repr(now)
            now = part
        else:
            now = longer
    if now:
        yield repr(now)
