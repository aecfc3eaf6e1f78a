"""Names and the patterns of shells: `*`, `?` and `[...]`."""

import functools
import posixpath
import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def fnmatch(name, pat):
    return fnmatchcase(posixpath.normcase(name), posixpath.normcase(pat))


@functools.lru_cache(maxsize=256)
def _pattern(pat):
    if isinstance(pat, bytes):
        return re.compile(translate(pat.decode("latin-1")).encode("latin-1")).match
    return re.compile(translate(pat)).match


def filter(names, pat):
    match = _pattern(pat)
    return [name for name in names if match(name)]


def fnmatchcase(name, pat):
    return _pattern(pat)(name) is not None


def translate(pat):
    """The regular expression of a pattern."""
    runs = [[]]
    at = 0
    while at < len(pat):
        char = pat[at]
        at += 1
        if char == "*":
            if len(runs) == 1 or runs[-1]:
                runs.append([])
        elif char == "?":
            runs[-1].append(".")
        elif char != "[":
            runs[-1].append(re.escape(char))
        else:
            end = at + (pat[at : at + 1] == "!")
            end = pat.find("]", end + 1)
            if end < 0:
                runs[-1].append("\\[")
                continue
            runs[-1].append(_set(pat[at:end]))
            at = end + 1
    first, *rest = map("".join, runs)
    # What stands between two stars is taken where it comes first: to look further would find nothing else.
    for run in rest[:-1]:
        first += f"(?>.*?{run})"
    if rest:
        first += ".*" + rest[-1]
    return f"(?s:{first})\\Z"


def _set(inside):
    """The class of characters of what stands in brackets; ranges that go backwards are left out."""
    negated = inside.startswith("!")
    if negated:
        inside = inside[1:]
    chunks = []
    at = 0
    while at < len(inside):
        if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            if inside[at] <= inside[at + 2]:
                chunks.append(f"{_escaped(inside[at])}-{_escaped(inside[at + 2])}")
            at += 3
        else:
            chunks.append(_escaped(inside[at]))
            at += 1
    if not chunks:
        return "." if negated else "(?!)"
    # A bracket that closes nothing needs no escape where it comes first.
    if not negated and chunks[0] == "\\]":
        chunks[0] = "]"
    return f"[{'^' if negated else ''}{''.join(chunks)}]"


def _escaped(char):
    return "\\" + char if char in "\\]^-[&~|" else char
