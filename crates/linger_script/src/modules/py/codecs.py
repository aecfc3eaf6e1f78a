"""Encodings by name, as far as str and bytes know them."""

__all__ = ["BOM", "BOM_BE", "BOM_LE", "BOM_UTF8", "BOM_UTF16", "BOM_UTF16_BE", "BOM_UTF16_LE", "BOM_UTF32",
           "BOM_UTF32_BE", "BOM_UTF32_LE", "encode", "decode", "getencoder", "getdecoder", "lookup", "register", "unregister",
           "CodecInfo", "getincrementalencoder", "getincrementaldecoder"]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = BOM = BOM_UTF16 = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM_UTF32_LE = BOM_UTF32 = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"


def encode(obj, encoding="utf-8", errors="strict"):
    return obj.encode(encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    return obj.decode(encoding, errors)


def getencoder(encoding):
    return lambda text, errors="strict": (text.encode(encoding, errors), len(text))


def getdecoder(encoding):
    return lambda data, errors="strict": (data.decode(encoding, errors), len(data))


class CodecInfo(tuple):
    """An encoding: functions that return what they made and how much they read."""

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None,
                incrementaldecoder=None, name=None, *, _is_text_encoding=None):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode = encode
        self.decode = decode
        self.incrementalencoder = incrementalencoder
        self.incrementaldecoder = incrementaldecoder
        self.streamreader = streamreader
        self.streamwriter = streamwriter
        return self


class IncrementalEncoder:
    """Encodes a text that comes in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def encode(self, input, final=False):
        return input.encode(self.encoding, self.errors)

    def reset(self):
        pass


class IncrementalDecoder:
    """Decodes bytes that come in pieces: a character may be cut by the end of one."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = b""

    def decode(self, input, final=False):
        data = self.buffer + input
        for kept in range(0 if final else 4):
            try:
                text = data[:len(data) - kept].decode(self.encoding)
            except UnicodeDecodeError:
                continue
            self.buffer = data[len(data) - kept:]
            return text
        self.buffer = b""
        return data.decode(self.encoding, self.errors)

    def reset(self):
        self.buffer = b""


_searches = []


def register(search_function):
    """Notes a function that knows more encodings: lookup() asks it."""
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _searches.append(search_function)


def unregister(search_function):
    if search_function in _searches:
        _searches.remove(search_function)


def lookup(encoding):
    """What is known of an encoding."""
    try:
        "".encode(encoding)
    except LookupError:
        for search in _searches:
            found = search(encoding)
            if found is not None:
                return found
        raise
    name = encoding.lower().replace("_", "-").replace(" ", "-")
    name = {"utf8": "utf-8", "latin-1": "iso8859-1", "latin1": "iso8859-1", "us-ascii": "ascii"}.get(name, name)
    parts = {"encoding": encoding}
    return CodecInfo(getencoder(encoding), getdecoder(encoding), name=name,
                     incrementalencoder=type("IncrementalEncoder", (IncrementalEncoder,), dict(parts)),
                     incrementaldecoder=type("IncrementalDecoder", (IncrementalDecoder,), dict(parts)))


def getincrementalencoder(encoding):
    return lookup(encoding).incrementalencoder


def getincrementaldecoder(encoding):
    return lookup(encoding).incrementaldecoder
