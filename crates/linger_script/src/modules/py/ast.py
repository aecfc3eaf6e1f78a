"""Values out of the text of literals. There are no trees of syntax here."""

import _linger
import re

__all__ = ["literal_eval"]

_TOKEN = re.compile(
    r"""
    (?P<text> (?: [bB][rR]? | [rR][bB]? | [uU] )?
        (?: '''(?:[^\\]|\\.)*?''' | \"\"\"(?:[^\\]|\\.)*?\"\"\" | '(?:[^\\\n']|\\.)*' | "(?:[^\\\n"]|\\.)*" ) )
    | (?P<number> 0[xX](?:_?[0-9a-fA-F])+ | 0[oO](?:_?[0-7])+ | 0[bB](?:_?[01])+
        | (?: (?:\d(?:_?\d)*)?\.\d(?:_?\d)* | \d(?:_?\d)*\.? ) (?:[eE][+-]?\d(?:_?\d)*)? [jJ]? )
    | (?P<name> [A-Za-z_]\w* )
    | (?P<sign> \.\.\. | [-+()\[\]{},:] )
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACE = re.compile(r"(?:\s|\#[^\n]*|\\\n)*")
_DEEPEST = 200


class _Reader:
    def __init__(self, text):
        self.tokens = []
        at = _SPACE.match(text).end()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None and text[at] in "\0.*/%<>=!&|^~@":
                # Of the language, but of no literal.
                raise ValueError(f"malformed node or string: {text!r}")
            if found is None:
                raise SyntaxError("invalid syntax", ("<unknown>", 1, at + 1, text, 1, at + 1))
            self.tokens.append((found.lastgroup, found.group(), at))
            at = _SPACE.match(text, found.end()).end()
        self.text, self.at, self.depth = text, 0, 0

    def peek(self):
        return self.tokens[self.at][:2] if self.at < len(self.tokens) else (None, "")

    def take(self, sign):
        if self.peek() == ("sign", sign):
            self.at += 1
            return True
        return False

    def wrong(self):
        kind, word = self.peek()
        if kind == "name" and word not in ("True", "False", "None"):
            raise ValueError(f"malformed node or string: {self.text!r}")
        place = self.tokens[self.at][2] + 1 if self.at < len(self.tokens) else len(self.text) + 1
        raise SyntaxError("invalid syntax", ("<unknown>", 1, place, self.text, 1, place))

    def literal(self, word):
        """What one token of the language says; it is no more than that."""
        names = {}
        _linger.exec(f"value = {word}", names)
        return names["value"]

    def value(self):
        self.depth += 1
        if self.depth > _DEEPEST:
            raise RecursionError("maximum recursion depth exceeded during compilation")
        value = self.one()
        # A complex number is a sum.
        while isinstance(value, (int, float)) and type(value) is not bool and self.peek() in (("sign", "+"), ("sign", "-")):
            negative = self.peek()[1] == "-"
            self.at += 1
            kind, word = self.peek()
            if kind != "number" or word[-1] not in "jJ":
                raise ValueError(f"malformed node or string: {self.text!r}")
            self.at += 1
            imaginary = self.literal(word)
            value = value - imaginary if negative else value + imaginary
        self.depth -= 1
        return value

    def one(self):
        kind, word = self.peek()
        if kind == "text":
            self.at += 1
            value = self.literal(word)
            while self.peek()[0] == "text":
                more = self.literal(self.peek()[1])
                if type(more) is not type(value):
                    raise SyntaxError("cannot mix bytes and nonbytes literals")
                value += more
                self.at += 1
            return value
        if kind == "number":
            self.at += 1
            return self.literal(word)
        if word in ("True", "False", "None"):
            self.at += 1
            return {"True": True, "False": False, "None": None}[word]
        if self.take("..."):
            return ...
        for sign in "+-":
            if self.take(sign):
                value = self.one()
                if type(value) not in (int, float, complex):
                    raise ValueError(f"malformed node or string: {self.text!r}")
                return -value if sign == "-" else value
        if self.take("("):
            if self.take(")"):
                return ()
            value = self.value()
            if self.take(")"):
                return value
            return tuple(self.rest([value], ")"))
        if self.take("["):
            return [] if self.take("]") else self.rest([self.value()], "]")
        if self.take("{"):
            return self.braces()
        if word == "set" and self.tokens[self.at + 1 : self.at + 3] and [token[1] for token in self.tokens[self.at + 1 : self.at + 3]] == ["(", ")"]:
            self.at += 3
            return set()
        self.wrong()

    def rest(self, items, end):
        """The items after the first, up to the end."""
        while not self.take(end):
            if not self.take(","):
                self.wrong()
            if self.take(end):
                break
            items.append(self.value())
        return items

    def braces(self):
        if self.take("}"):
            return {}
        first = self.value()
        if not self.take(":"):
            return set(self.rest([first], "}"))
        result = {first: self.value()}
        while not self.take("}"):
            if not self.take(","):
                self.wrong()
            if self.take("}"):
                break
            key = self.value()
            if not self.take(":"):
                self.wrong()
            result[key] = self.value()
        return result


def literal_eval(node_or_string):
    """The value of a literal: numbers, texts, bytes, tuples, lists, dictionaries, sets, truth values and None."""
    if not isinstance(node_or_string, str):
        raise ValueError(f"malformed node or string: {node_or_string!r}")
    reader = _Reader(node_or_string.lstrip(" \t"))
    if not reader.tokens:
        reader.wrong()
    value = reader.value()
    if reader.peek() == ("sign", ","):
        items = [value]
        while reader.take(","):
            if reader.peek()[0] is None:
                break
            items.append(reader.value())
        value = tuple(items)
    if reader.peek()[0] is not None:
        reader.wrong()
    return value


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise AttributeError(f"module 'ast' has no attribute {name!r}: scripts see no trees of syntax")
