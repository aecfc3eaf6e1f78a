"""Objects out of the bytes of a pickle."""

import copyreg
import struct
import sys


class UnpicklingError(Exception):
    """The bytes are no pickle that can be read. `pickle` makes it a PickleError."""


# What Python 2 called by another name.
_OLD_MODULES = {"__builtin__": "builtins", "exceptions": "builtins", "copy_reg": "copyreg", "UserDict": "collections", "UserList": "collections"}
_OLD_NAMES = {"unicode": "str", "xrange": "range", "long": "int", "unichr": "chr"}


class Unpickler:
    """Reads pickles from a stream. A pickle may call whatever is imported: read none that you do not trust."""

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        self._file = file
        self._buffers = iter(buffers) if buffers is not None else None
        self.memo = {}
        self.encoding = encoding
        self.errors = errors
        self.fix_imports = fix_imports
        self.proto = 0

    def persistent_load(self, pid):
        raise UnpicklingError("unsupported persistent id encountered")

    def find_class(self, module, name):
        if self.proto < 3 and self.fix_imports:
            if module == "__builtin__":
                name = _OLD_NAMES.get(name, name)
            module = _OLD_MODULES.get(module, module)
        __import__(module)
        found = sys.modules[module]
        if self.proto < 4:
            return getattr(found, name)
        for part in name.split("."):
            try:
                found = getattr(found, part)
            except AttributeError:
                raise AttributeError(f"Can't get attribute {name!r} on {sys.modules[module]!r}") from None
        return found

    def load(self):
        self._stack, self._marked = [], []
        steps = _STEPS
        while True:
            code = self._file.read(1)
            if not code:
                raise EOFError("Ran out of input")
            if code == b".":
                return self._pop()
            step = steps.get(code)
            if step is None:
                raise UnpicklingError(f"invalid load key, {_shown(code)}.")
            try:
                step(self)
            except IndexError:
                raise UnpicklingError("unpickling stack underflow") from None

    def _pop(self):
        if not self._stack:
            raise UnpicklingError("unpickling stack underflow")
        return self._stack.pop()

    def _read(self, size):
        data = self._file.read(size)
        if len(data) < size:
            raise UnpicklingError("pickle data was truncated")
        return data

    def _number(self, size, signed=False):
        return int.from_bytes(self._read(size), "little", signed=signed)

    def _line(self):
        line = self._file.readline()
        if not line.endswith(b"\n"):
            raise UnpicklingError("pickle data was truncated")
        return line[:-1]

    def _from_mark(self):
        if not self._marked:
            raise UnpicklingError("could not find MARK")
        items, self._stack = self._stack, self._marked.pop()
        return items

    def _push(self, value):
        self._stack.append(value)

    def _get(self, place):
        try:
            self._push(self.memo[place])
        except KeyError:
            raise UnpicklingError(f"Memo value not found at index {place}") from None

    def _int_line(self):
        line = self._line()
        if line in (b"00", b"01"):
            return line == b"01"
        return int(line.rstrip(b"L"), 0) if line else 0

    def _string(self, data):
        return data if self.encoding == "bytes" else data.decode(self.encoding, self.errors)

    def _quoted(self):
        line = self._line()
        if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in (b"'", b'"'):
            raise UnpicklingError("the STRING opcode argument must be quoted")
        import codecs

        self._push(self._string(codecs.escape_decode(line[1:-1])[0]))

    def _tuple_of(self, count):
        self._stack[-count:] = [tuple(self._stack[-count:])]

    def _append_all(self, items, target=None):
        target = self._stack[-1] if target is None else target
        extend = getattr(target, "extend", None)
        if extend is not None:
            extend(items)
            return
        for item in items:
            target.append(item)

    def _set_items(self, items):
        target = self._stack[-1]
        for at in range(0, len(items), 2):
            target[items[at]] = items[at + 1]

    def _add_items(self):
        items = self._from_mark()
        target = self._stack[-1]
        if isinstance(target, set):
            target.update(items)
        else:
            for item in items:
                target.add(item)

    def _global(self):
        module = self._line().decode("utf-8")
        self._push(self.find_class(module, self._line().decode("utf-8")))

    def _stack_global(self):
        name, module = self._pop(), self._pop()
        if not isinstance(name, str) or not isinstance(module, str):
            raise UnpicklingError("STACK_GLOBAL requires str")
        self._push(self.find_class(module, name))

    def _reduce(self):
        args = self._pop()
        self._stack[-1] = self._stack[-1](*args)

    def _instance(self, kind, args):
        if args or not isinstance(kind, type) or hasattr(kind, "__getinitargs__"):
            self._push(kind(*args))
        else:
            self._push(kind.__new__(kind))

    def _object(self):
        kind, *args = self._from_mark()
        self._instance(kind, args)

    def _old_instance(self):
        args = self._from_mark()
        module = self._line().decode("ascii")
        self._instance(self.find_class(module, self._line().decode("ascii")), args)

    def _new(self):
        args = self._pop()
        kind = self._pop()
        self._push(kind.__new__(kind, *args))

    def _new_with_names(self):
        names, args, kind = self._pop(), self._pop(), self._pop()
        self._push(kind.__new__(kind, *args, **names))

    def _extension(self, size):
        code = self._number(size)
        key = copyreg._inverted_registry.get(code)
        if key is None:
            raise ValueError(f"unregistered extension code {code}")
        self._push(self.find_class(*key))

    def _build(self):
        state = self._pop()
        target = self._stack[-1]
        own = getattr(target, "__setstate__", None)
        if own is not None:
            own(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            names = target.__dict__
            for key, value in state.items():
                names[sys.intern(key) if type(key) is str else key] = value
        for key, value in (slots or {}).items():
            setattr(target, key, value)

    def _protocol(self):
        self.proto = self._number(1)
        if self.proto > 5:
            raise ValueError(f"unsupported pickle protocol: {self.proto}")

    def _mark(self):
        self._marked.append(self._stack)
        self._stack = []

    def _discard(self):
        if self._stack:
            self._stack.pop()
        else:
            self._from_mark()

    def _next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given")
        try:
            self._push(next(self._buffers))
        except StopIteration:
            raise UnpicklingError("not enough out-of-band buffers") from None

    def _dict_of_marked(self):
        items = self._from_mark()
        return {items[at]: items[at + 1] for at in range(0, len(items), 2)}

    def _append(self):
        value = self._pop()
        self._stack[-1].append(value)

    def _set_item(self):
        value, key = self._pop(), self._pop()
        self._stack[-1][key] = value


def _shown(code):
    return repr(code.decode("latin-1")) if 32 <= code[0] < 127 else f"'\\x{code[0]:02x}'"


def _pushing(read):
    return lambda self: self._stack.append(read(self))


def _memoize(self):
    self.memo[len(self.memo)] = self._stack[-1]


_STEPS = {
    b"\x80": Unpickler._protocol,
    b"\x95": lambda self: self._read(8),
    b"(": Unpickler._mark,
    b"0": Unpickler._discard,
    b"1": Unpickler._from_mark,
    b"2": lambda self: self._push(self._stack[-1]),
    b"N": lambda self: self._push(None),
    b"\x88": lambda self: self._push(True),
    b"\x89": lambda self: self._push(False),
    b"I": _pushing(Unpickler._int_line),
    b"L": _pushing(Unpickler._int_line),
    b"J": lambda self: self._push(self._number(4, True)),
    b"K": lambda self: self._push(self._number(1)),
    b"M": lambda self: self._push(self._number(2)),
    b"\x8a": lambda self: self._push(self._number(self._number(1), True)),
    b"\x8b": lambda self: self._push(self._number(self._number(4, True), True)),
    b"F": lambda self: self._push(float(self._line())),
    b"G": lambda self: self._push(struct.unpack(">d", self._read(8))[0]),
    b"S": Unpickler._quoted,
    b"T": lambda self: self._push(self._string(self._read(self._number(4, True)))),
    b"U": lambda self: self._push(self._string(self._read(self._number(1)))),
    b"V": lambda self: self._push(self._line().decode("raw_unicode_escape")),
    b"\x8c": lambda self: self._push(self._read(self._number(1)).decode("utf-8")),
    b"X": lambda self: self._push(self._read(self._number(4)).decode("utf-8")),
    b"\x8d": lambda self: self._push(self._read(self._number(8)).decode("utf-8")),
    b"C": lambda self: self._push(self._read(self._number(1))),
    b"B": lambda self: self._push(self._read(self._number(4))),
    b"\x8e": lambda self: self._push(self._read(self._number(8))),
    b"\x96": lambda self: self._push(bytearray(self._read(self._number(8)))),
    b"\x97": Unpickler._next_buffer,
    b"\x98": lambda self: self._push(memoryview(self._pop()).toreadonly()),
    b")": lambda self: self._push(()),
    b"\x85": lambda self: self._tuple_of(1),
    b"\x86": lambda self: self._tuple_of(2),
    b"\x87": lambda self: self._tuple_of(3),
    b"t": lambda self: self._push(tuple(self._from_mark())),
    b"]": lambda self: self._push([]),
    b"l": lambda self: self._push(self._from_mark()),
    b"a": Unpickler._append,
    b"e": lambda self: self._append_all(self._from_mark()),
    b"}": lambda self: self._push({}),
    b"d": lambda self: self._push(self._dict_of_marked()),
    b"s": Unpickler._set_item,
    b"u": lambda self: self._set_items(self._from_mark()),
    b"\x8f": lambda self: self._push(set()),
    b"\x90": Unpickler._add_items,
    b"\x91": lambda self: self._push(frozenset(self._from_mark())),
    b"c": Unpickler._global,
    b"\x93": Unpickler._stack_global,
    b"R": Unpickler._reduce,
    b"i": Unpickler._old_instance,
    b"o": Unpickler._object,
    b"\x81": Unpickler._new,
    b"\x92": Unpickler._new_with_names,
    b"\x82": lambda self: self._extension(1),
    b"\x83": lambda self: self._extension(2),
    b"\x84": lambda self: self._extension(4),
    b"b": Unpickler._build,
    b"p": lambda self: self.memo.__setitem__(int(self._line()), self._stack[-1]),
    b"q": lambda self: self.memo.__setitem__(self._number(1), self._stack[-1]),
    b"r": lambda self: self.memo.__setitem__(self._number(4), self._stack[-1]),
    b"\x94": _memoize,
    b"g": lambda self: self._get(int(self._line())),
    b"h": lambda self: self._get(self._number(1)),
    b"j": lambda self: self._get(self._number(4)),
    b"P": lambda self: self._push(self.persistent_load(self._line().decode("ascii"))),
    b"Q": lambda self: self._push(self.persistent_load(self._pop())),
}
