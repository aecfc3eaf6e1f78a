"""Dates and times in text: what ISO 8601 and formats say. Numbers only; the classes are those of `datetime`."""

import re

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d)|-W(\d\d)(?:-(\d))?|W(\d\d)(\d)?)", re.ASCII)
_FRACTION = r"(?:[.,](\d+))?"
_CLOCK = rf"(\d\d)(?::(\d\d)(?::(\d\d){_FRACTION})?|(\d\d)(?:(\d\d){_FRACTION})?)?"
_ISO_TIME = re.compile(rf"{_CLOCK}(?:(Z)|([+-]){_CLOCK})?", re.ASCII)


def iso_date(text):
    """A date's numbers: year, month, day; or year, week, weekday and True. What follows it, too."""
    match = _ISO_DATE.match(text)
    if match is None:
        raise ValueError
    year, month, day, month_short, day_short, week, weekday, week_short, weekday_short = match.groups()
    rest = text[match.end() :]
    month, day = month or month_short, day or day_short
    if month:
        return (int(year), int(month), int(day)), rest
    return (int(year), int(week or week_short), int(weekday or weekday_short or 1), True), rest


def _clock(groups):
    hour, minute, second, fraction, minute_short, second_short, fraction_short = groups
    fraction = ((fraction or fraction_short or "") + "000000")[:6]
    return int(hour), int(minute or minute_short or 0), int(second or second_short or 0), int(fraction)


def iso_time(text):
    """Hour, minute, second, microsecond, and None or the offset from UTC in microseconds."""
    match = _ISO_TIME.fullmatch(text)
    if match is None:
        raise ValueError
    groups = match.groups()
    clock = _clock(groups[:7])
    if groups[7]:
        return clock, 0
    if not groups[8]:
        return clock, None
    hour, minute, second, micro = _clock(groups[9:])
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError
    offset = ((hour * 60 + minute) * 60 + second) * 1_000_000 + micro
    return clock, -offset if groups[8] == "-" else offset


def offset_text(micros, colon=":"):
    """An offset from UTC as +HH:MM, with seconds where it has any."""
    sign = "-" if micros < 0 else "+"
    seconds, micro = divmod(abs(micros), 1_000_000)
    minutes, second = divmod(seconds, 60)
    text = f"{sign}{minutes // 60:02}{colon}{minutes % 60:02}"
    if second or micro:
        text += f"{colon}{second:02}"
    return text + (f".{micro:06}" if micro else "")


DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
]
_NAMES = {"A": DAYS, "a": [day[:3] for day in DAYS], "B": MONTHS, "b": [month[:3] for month in MONTHS], "p": ["am", "pm"], "Z": ["utc", "gmt"]}
_DIGITS = {
    "d": r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]",
    "f": r"\d{1,6}",
    "G": r"\d\d\d\d",
    "H": r"2[0-3]|[0-1]\d|\d",
    "I": r"1[0-2]|0[1-9]|[1-9]",
    "j": r"36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]",
    "m": r"1[0-2]|0[1-9]|[1-9]",
    "M": r"[0-5]\d|\d",
    "S": r"6[0-1]|[0-5]\d|\d",
    "U": r"5[0-3]|[0-4]\d|\d",
    "W": r"5[0-3]|[0-4]\d|\d",
    "V": r"5[0-3]|0[1-9]|[1-4]\d|\d",
    "w": r"[0-6]",
    "u": r"[1-7]",
    "y": r"\d\d",
    "Y": r"\d\d\d\d",
    "z": r"[+-]\d\d:?[0-5]\d(?::?[0-5]\d(?:\.\d{1,6})?)?|Z",
}
_WHOLE = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}
_patterns = {}


def _pattern(form):
    """The expression of a format."""
    for letter, whole in _WHOLE.items():
        form = form.replace("%" + letter, whole)
    parts = []
    rest = iter(form)
    for char in rest:
        if char.isspace():
            if not parts or parts[-1] != r"\s+":
                parts.append(r"\s+")
        elif char != "%":
            parts.append(re.escape(char))
        else:
            letter = next(rest, None)
            if letter is None:
                raise ValueError(f"stray % in format '{form}'")
            if letter == "%":
                parts.append("%")
            elif letter in _DIGITS:
                parts.append(f"(?P<{letter}>{_DIGITS[letter]})")
            elif letter in _NAMES:
                parts.append(f"(?P<{letter}>{'|'.join(sorted(_NAMES[letter], key=len, reverse=True))})")
            else:
                raise ValueError(f"'{letter}' is a bad directive in format '{form}'")
    try:
        return re.compile("".join(parts), re.IGNORECASE)
    except re.error:
        raise ValueError(f"a directive occurs twice in format '{form}'") from None


def read(text, form):
    """What a text says by a format, by the letters of its directives: numbers, `p` 0 or 1, and `z` in microseconds."""
    pattern = _patterns.get(form)
    if pattern is None:
        pattern = _patterns[form] = _pattern(form)
    match = pattern.match(text)
    if match is None:
        raise ValueError(f"time data {text!r} does not match format {form!r}")
    if match.end() != len(text):
        raise ValueError(f"unconverted data remains: {text[match.end():]}")
    found = {}
    for letter, word in match.groupdict().items():
        if letter in _NAMES:
            found[letter] = word if letter == "Z" else _NAMES[letter].index(word.lower())
        elif letter == "f":
            found[letter] = int(word.ljust(6, "0"))
        elif letter == "z":
            found[letter] = _offset(word)
        else:
            found[letter] = int(word)
    return found


def _offset(word):
    if word in "Zz":
        return 0
    digits = word[1:]
    if digits[2] == ":" and len(digits) > 5 and digits[5] != ":":
        raise ValueError(f"Inconsistent use of : in {word}")
    digits, _, fraction = digits.replace(":", "").partition(".")
    seconds = int(digits[:2]) * 3600 + int(digits[2:4]) * 60 + int(digits[4:] or 0)
    micros = seconds * 1_000_000 + int((fraction + "000000")[:6])
    return -micros if word[0] == "-" else micros
