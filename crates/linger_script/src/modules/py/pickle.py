"""Objects as bytes, and back. A pickle may call whatever can be imported: read none that you do not trust."""

import _pickle_read
import copyreg
import io
import struct
import sys
import types
from itertools import islice as _islice

__all__ = [
    "PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads", "HIGHEST_PROTOCOL",
    "DEFAULT_PROTOCOL",
]

format_version = "4.0"
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
_FRAME_LEAST = 4
_FRAME_MOST = 64 * 1024
_BATCH = 1000


def _batched(items, size):
    items = iter(items)
    while batch := list(_islice(items, size)):
        yield batch


class PickleError(Exception):
    """What goes wrong with pickles."""


class PicklingError(PickleError):
    """The object has no pickle."""


class UnpicklingError(PickleError):
    """The bytes are no pickle that can be read."""


_pickle_read.UnpicklingError = UnpicklingError
_pickle_read.Unpickler.__module__ = __name__
Unpickler = _pickle_read.Unpickler


class Pickler:
    """Writes pickles to a stream."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        elif protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError(f"pickle protocol must be <= {HIGHEST_PROTOCOL}")
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        try:
            self._target = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute") from None
        self.memo = {}
        self.proto = protocol
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3
        self._parts = None

    def clear_memo(self):
        self.memo.clear()

    def persistent_id(self, obj):
        return None

    def dump(self, obj):
        self._parts, self._size = [], 0
        if self.proto >= 2:
            self._target(b"\x80" + bytes([self.proto]))
        self.save(obj)
        self._write(b".")
        self._flush()

    def _write(self, data):
        self._parts.append(data)
        self._size += len(data)

    def _flush(self):
        """What was written so far goes to the stream, in a frame if it is worth one."""
        data = b"".join(self._parts)
        if self.proto >= 4 and len(data) >= _FRAME_LEAST:
            data = b"\x95" + struct.pack("<Q", len(data)) + data
        self._parts, self._size = [], 0
        self._target(data)

    def _write_large(self, head, data):
        """Long bytes stand by themselves, outside of frames."""
        if self.proto >= 4 and len(data) >= _FRAME_MOST:
            if self._parts:
                self._flush()
            self._target(head + data)
        else:
            self._write(head + data)

    def memoize(self, obj):
        if self.fast:
            return
        place = len(self.memo)
        self.memo[id(obj)] = place, obj
        if self.proto >= 4:
            self._write(b"\x94")
        elif self.bin:
            self._write(b"q" + bytes([place]) if place < 256 else b"r" + struct.pack("<I", place))
        else:
            self._write(b"p%d\n" % place)

    def _write_known(self, place):
        if self.bin:
            self._write(b"h" + bytes([place]) if place < 256 else b"j" + struct.pack("<I", place))
        else:
            self._write(b"g%d\n" % place)

    def save(self, obj, by_reference=True):
        if self.proto >= 4 and self._size >= _FRAME_MOST:
            self._flush()
        if by_reference:
            name = self.persistent_id(obj)
            if name is not None:
                self._save_persistent(name)
                return
        kind = type(obj)
        known = self.memo.get(id(obj)) if kind not in (int, float, bool, types.NoneType) else None
        if known is not None:
            self._write_known(known[0])
            return
        reduced = NotImplemented
        override = getattr(self, "reducer_override", None)
        if override is not None:
            reduced = override(obj)
        if reduced is NotImplemented:
            step = self.dispatch.get(kind)
            if step is not None:
                step(self, obj)
                return
            reduce = getattr(self, "dispatch_table", copyreg.dispatch_table).get(kind)
            if reduce is not None:
                reduced = reduce(obj)
            elif issubclass(kind, type):
                self.save_global(obj)
                return
            else:
                reduce = getattr(obj, "__reduce_ex__", None)
                if reduce is not None:
                    reduced = reduce(self.proto)
                else:
                    reduce = getattr(obj, "__reduce__", None)
                    if reduce is None:
                        raise PicklingError(f"Can't pickle {kind.__name__!r} object: {obj!r}")
                    reduced = reduce()
        if isinstance(reduced, str):
            self.save_global(obj, reduced)
            return
        if not isinstance(reduced, tuple):
            raise PicklingError(f"{reduce} must return string or tuple")
        if not 2 <= len(reduced) <= 6:
            raise PicklingError(f"Tuple returned by {reduce} must have two to six elements")
        self.save_reduce(*reduced, obj=obj)

    def _save_persistent(self, name):
        if self.bin:
            self.save(name, by_reference=False)
            self._write(b"Q")
        else:
            self._write(b"P" + str(name).encode("ascii") + b"\n")

    def save_reduce(self, func, args, state=None, items=None, pairs=None, setter=None, *, obj=None):
        if not isinstance(args, tuple):
            raise PicklingError("args from save_reduce() must be a tuple")
        if not callable(func):
            raise PicklingError("func from save_reduce() must be callable")
        name = getattr(func, "__name__", "")
        if self.proto >= 2 and name == "__newobj_ex__":
            kind, args, named = args
            if self.proto >= 4:
                self.save(kind)
                self.save(args)
                self.save(named)
                self._write(b"\x92")
            else:
                self.save(copyreg.__newobj_ex__)
                self.save((kind, args, named))
                self._write(b"R")
        elif self.proto >= 2 and name == "__newobj__":
            kind = args[0]
            if not hasattr(kind, "__new__"):
                raise PicklingError("args[0] from __newobj__ args has no __new__")
            if obj is not None and kind is not obj.__class__:
                raise PicklingError("args[0] from __newobj__ args has the wrong class")
            self.save(kind)
            self.save(args[1:])
            self._write(b"\x81")
        else:
            self.save(getattr(copyreg, name) if name in ("__newobj__", "__newobj_ex__") else func)
            self.save(args)
            self._write(b"R")
        if obj is not None:
            if id(obj) in self.memo:
                # It was reached again by what makes it, and is written already.
                self._write(b"0")
                self._write_known(self.memo[id(obj)][0])
            else:
                self.memoize(obj)
        if items is not None:
            self._write_items(items)
        if pairs is not None:
            self._write_pairs(pairs)
        if state is None:
            return
        if setter is None:
            self.save(state)
            self._write(b"b")
        else:
            self.save(setter)
            self.save(obj)
            self.save(state)
            self._write(b"\x86R0")

    dispatch = {}

    def save_none(self, obj):
        self._write(b"N")

    dispatch[types.NoneType] = save_none

    def save_bool(self, obj):
        if self.proto >= 2:
            self._write(b"\x88" if obj else b"\x89")
        else:
            self._write(b"I01\n" if obj else b"I00\n")

    dispatch[bool] = save_bool

    def save_int(self, obj):
        if self.bin:
            if 0 <= obj <= 0xFF:
                self._write(b"K" + bytes([obj]))
                return
            if 0 <= obj <= 0xFFFF:
                self._write(b"M" + struct.pack("<H", obj))
                return
        if -0x80000000 <= obj <= 0x7FFFFFFF:
            self._write(b"J" + struct.pack("<i", obj) if self.bin else b"I%d\n" % obj)
        elif self.proto < 2:
            self._write(b"L%dL\n" % obj)
        else:
            size = (obj.bit_length() >> 3) + 1
            if obj < 0 and -obj == 1 << (size * 8 - 9):
                size -= 1
            data = obj.to_bytes(size, "little", signed=True)
            self._write((b"\x8a" + bytes([size]) if size < 256 else b"\x8b" + struct.pack("<i", size)) + data)

    dispatch[int] = save_int

    def save_float(self, obj):
        self._write(b"G" + struct.pack(">d", obj) if self.bin else b"F" + repr(obj).encode("ascii") + b"\n")

    dispatch[float] = save_float

    def save_bytes(self, obj):
        if self.proto < 3:
            if obj:
                import codecs

                self.save_reduce(codecs.encode, (str(obj, "latin1"), "latin1"), obj=obj)
            else:
                self.save_reduce(bytes, (), obj=obj)
            return
        size = len(obj)
        if size <= 0xFF:
            self._write(b"C" + bytes([size]) + obj)
        elif size > 0xFFFFFFFF and self.proto >= 4:
            self._write_large(b"\x8e" + struct.pack("<Q", size), obj)
        else:
            self._write_large(b"B" + struct.pack("<I", size), obj)
        self.memoize(obj)

    dispatch[bytes] = save_bytes

    def save_bytearray(self, obj):
        if self.proto < 5:
            self.save_reduce(bytearray, (bytes(obj),) if obj else (), obj=obj)
            return
        self._write_large(b"\x96" + struct.pack("<Q", len(obj)), bytes(obj))
        self.memoize(obj)

    dispatch[bytearray] = save_bytearray

    def save_str(self, obj):
        if self.bin:
            data = obj.encode("utf-8")
            size = len(data)
            if size <= 0xFF and self.proto >= 4:
                self._write(b"\x8c" + bytes([size]) + data)
            else:
                self._write_large(b"X" + struct.pack("<I", size), data)
        else:
            text = obj
            for char in "\\\0\n\r\x1a":
                text = text.replace(char, f"\\u{ord(char):04x}")
            self._write(b"V" + text.encode("raw_unicode_escape") + b"\n")
        self.memoize(obj)

    dispatch[str] = save_str

    def save_tuple(self, obj):
        if not obj:
            self._write(b")" if self.bin else b"(t")
            return
        short = len(obj) <= 3 and self.proto >= 2
        if not short:
            self._write(b"(")
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            # It holds itself, and was written by what is inside.
            self._write(b"0" * len(obj) if short else b"1" if self.bin else b"0" * (len(obj) + 1))
            self._write_known(known[0])
            return
        self._write((b"\x85", b"\x86", b"\x87")[len(obj) - 1] if short else b"t")
        self.memoize(obj)

    dispatch[tuple] = save_tuple

    def save_list(self, obj):
        self._write(b"]" if self.bin else b"(l")
        self.memoize(obj)
        self._write_items(obj)

    dispatch[list] = save_list

    def _write_items(self, items):
        if not self.bin:
            for item in items:
                self.save(item)
                self._write(b"a")
            return
        for batch in _batched(items, _BATCH):
            if len(batch) == 1:
                self.save(batch[0])
                self._write(b"a")
                continue
            self._write(b"(")
            for item in batch:
                self.save(item)
            self._write(b"e")

    def save_dict(self, obj):
        self._write(b"}" if self.bin else b"(d")
        self.memoize(obj)
        self._write_pairs(obj.items())

    dispatch[dict] = save_dict

    def _write_pairs(self, pairs):
        for batch in _batched(pairs, _BATCH if self.bin else 1):
            many = len(batch) > 1
            if many:
                self._write(b"(")
            for key, value in batch:
                self.save(key)
                self.save(value)
            self._write(b"u" if many else b"s")

    def save_set(self, obj):
        if self.proto < 4:
            self.save_reduce(set, (list(obj),), obj=obj)
            return
        self._write(b"\x8f")
        self.memoize(obj)
        for batch in _batched(obj, _BATCH):
            self._write(b"(")
            for item in batch:
                self.save(item)
            self._write(b"\x90")

    dispatch[set] = save_set

    def save_frozenset(self, obj):
        if self.proto < 4:
            self.save_reduce(frozenset, (list(obj),), obj=obj)
            return
        self._write(b"(")
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            self._write(b"1")
            self._write_known(known[0])
            return
        self._write(b"\x91")
        self.memoize(obj)

    dispatch[frozenset] = save_frozenset

    def save_global(self, obj, name=None):
        if name is None:
            name = getattr(obj, "__qualname__", None) or obj.__name__
        module = _module_of(obj, name)
        try:
            __import__(module)
            found, parent = _find(sys.modules[module], name)
        except (ImportError, KeyError, AttributeError):
            raise PicklingError(f"Can't pickle {obj!r}: " + _not_found(module, name)) from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module}.{name}")
        if self.proto >= 4:
            self.save(module)
            self.save(name)
            self._write(b"\x93")
        elif "." in name and self.proto < 4:
            self.save_reduce(getattr, (parent, name.rpartition(".")[2]))
            return
        else:
            if self.fix_imports:
                error = module == "builtins" and isinstance(obj, type) and issubclass(obj, BaseException)
                module = "exceptions" if error else {"builtins": "__builtin__", "copyreg": "copy_reg"}.get(module, module)
                if module == "__builtin__":
                    name = {"range": "xrange"}.get(name, name)
            self._write(b"c" + module.encode("utf-8") + b"\n" + name.encode("utf-8") + b"\n")
        self.memoize(obj)

    dispatch[types.FunctionType] = save_global

    def save_builtin(self, obj):
        if obj.__self__ is None or isinstance(obj.__self__, types.ModuleType):
            self.save_global(obj)
        else:
            self.save_reduce(getattr, (obj.__self__, obj.__name__), obj=obj)

    dispatch[types.BuiltinFunctionType] = save_builtin

    def save_method(self, obj):
        self.save_reduce(getattr, (obj.__self__, obj.__func__.__name__), obj=obj)

    dispatch[types.MethodType] = save_method

    def save_complex(self, obj):
        self.save_reduce(complex, (obj.real, obj.imag), obj=obj)

    dispatch[complex] = save_complex

    def save_type(self, obj):
        singletons = {types.NoneType: None, types.NotImplementedType: NotImplemented, types.EllipsisType: ...}
        if obj in singletons:
            self.save_reduce(type, (singletons[obj],), obj=obj)
        else:
            self.save_global(obj)

    dispatch[type] = save_type


def _module_of(obj, name):
    module = getattr(obj, "__module__", None)
    if module is not None:
        return module
    for known, candidate in list(sys.modules.items()):
        if known in ("__main__", "__mp_main__") or candidate is None:
            continue
        try:
            if _find(candidate, name)[0] is obj:
                return known
        except AttributeError:
            pass
    return "__main__"


def _find(module, name):
    parent, found = None, module
    for part in name.split("."):
        if part == "<locals>":
            raise AttributeError
        parent, found = found, getattr(found, part)
    return found, parent


def _not_found(module, name):
    if "<locals>" in name.split("."):
        raise AttributeError(f"Can't pickle local object {name!r}") from None
    return f"attribute lookup {name} on {module} failed" if module in sys.modules else f"import of module {module!r} failed"


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    stream = io.BytesIO()
    Pickler(stream, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return stream.getvalue()


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return Unpickler(io.BytesIO(data), fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()
