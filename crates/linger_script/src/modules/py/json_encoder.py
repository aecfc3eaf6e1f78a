"""Writing JSON. The work is done in `_linger`."""

from _linger import json_encode, json_string

__all__ = ["JSONEncoder"]


def encode_basestring(s):
    return json_string(s, False)


def encode_basestring_ascii(s):
    return json_string(s, True)


class JSONEncoder:
    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
            for position, separator in ((5, self.key_separator), (6, self.item_separator)):
                if not isinstance(separator, str):
                    kind = None if separator is None else type(separator).__name__
                    raise TypeError(f"make_encoder() argument {position} must be str, not {kind}")
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        return json_encode(
            o, self.skipkeys, self.ensure_ascii, self.check_circular, self.allow_nan, self.indent,
            self.item_separator, self.key_separator, self.sort_keys, self.default,
        )

    def iterencode(self, o, _one_shot=False):
        """The text in pieces: one, since it is made at once."""
        yield JSONEncoder.encode(self, o)
