"""Constants of characters, templates, and formatting that can be changed."""

import _string

__all__ = [
    "ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits", "printable",
    "punctuation", "whitespace", "Formatter", "Template",
]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Every word with a capital letter."""
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


_NONE = {}


class Template:
    """A text with $names to be replaced."""

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = 2

    def __init__(self, template):
        self.template = template

    def _pieces(self):
        """Literal texts, names and what is wrong: ("text", ...), ("name", name, source) or ("invalid", position)."""
        text, mark = self.template, self.delimiter
        at = 0
        while True:
            found = text.find(mark, at)
            if found < 0:
                yield "text", text[at:]
                return
            yield "text", text[at:found]
            start = found + len(mark)
            if text.startswith(mark, start):
                yield "escaped", mark
                at = start + len(mark)
                continue
            if text.startswith("{", start):
                end = self._name_end(start + 1)
                if end > start + 1 and text.startswith("}", end):
                    yield "name", text[start + 1:end], text[found:end + 1]
                    at = end + 1
                    continue
            else:
                end = self._name_end(start)
                if end > start:
                    yield "name", text[start:end], text[found:end]
                    at = end
                    continue
            yield "invalid", found, mark
            at = start

    def _name_end(self, at):
        text = self.template
        if at < len(text) and (text[at] == "_" or text[at] in ascii_letters):
            at += 1
            while at < len(text) and (text[at] == "_" or text[at] in ascii_letters or text[at] in digits):
                at += 1
        return at

    def _invalid(self, position):
        lines = self.template[:position].splitlines(keepends=True)
        if not lines:
            column, line = 1, 1
        else:
            column = position - len("".join(lines[:-1]))
            line = len(lines)
        raise ValueError(f"Invalid placeholder in string: line {line}, col {column}")

    @staticmethod
    def _mapping(mapping, kws):
        if mapping is _NONE:
            return kws
        if kws:
            from collections import ChainMap

            return ChainMap(kws, mapping)
        return mapping

    def substitute(self, mapping=_NONE, /, **kws):
        mapping = self._mapping(mapping, kws)
        result = []
        for kind, value, *source in self._pieces():
            if kind == "invalid":
                self._invalid(value + len(self.delimiter))
            result.append(str(mapping[value]) if kind == "name" else value)
        return "".join(result)

    def safe_substitute(self, mapping=_NONE, /, **kws):
        mapping = self._mapping(mapping, kws)
        result = []
        for kind, value, *source in self._pieces():
            if kind == "invalid":
                value = source[0]
            elif kind == "name":
                try:
                    value = str(mapping[value])
                except KeyError:
                    value = source[0]
            result.append(value)
        return "".join(result)

    def is_valid(self):
        return all(piece[0] != "invalid" for piece in self._pieces())

    def get_identifiers(self):
        return list(dict.fromkeys(piece[1] for piece in self._pieces() if piece[0] == "name"))


class Formatter:
    """What str.format does, in steps that a subclass can change."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used_args = set()
        result, _ = self._vformat(format_string, args, kwargs, used_args, 2)
        self.check_unused_args(used_args, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        if recursion_depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for literal, field, spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if field is None:
                continue
            if field == "" or field[0] in ".[":
                if auto_arg_index is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                field = str(auto_arg_index) + field
                auto_arg_index += 1
            elif field.isdigit():
                if auto_arg_index:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto_arg_index = False
            obj, used = self.get_field(field, args, kwargs)
            used_args.add(used)
            obj = self.convert_field(obj, conversion)
            spec, auto_arg_index = self._vformat(spec, args, kwargs, used_args, recursion_depth - 1, auto_arg_index)
            result.append(self.format_field(obj, spec))
        return "".join(result), auto_arg_index

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError(f"Unknown conversion specifier {conversion!s}")

    def parse(self, format_string):
        """Literal text, field name, format spec and conversion of each part."""
        return _string.formatter_parser(format_string)

    def get_field(self, field_name, args, kwargs):
        first, rest = _string.formatter_field_name_split(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attr, name in rest:
            obj = getattr(obj, name) if is_attr else obj[name]
        return obj, first
