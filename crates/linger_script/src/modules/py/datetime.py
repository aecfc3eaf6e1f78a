"""Dates, times and the differences between them."""

import _datetime_text as _text
import math
import time as _time

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

MINYEAR = 1
MAXYEAR = 9999
_MAX_ORDINAL = 3652059
_EPOCH_ORDINAL = 719163
_DAY_MICROS = 86_400_000_000
_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _ordinal(year, month, day):
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    return days + _BEFORE_MONTH[month] + (month > 2 and _is_leap(year)) + day


def _from_ordinal(ordinal):
    cycles, rest = divmod(ordinal - 1, 146097)
    centuries = min(rest // 36524, 3)
    rest -= centuries * 36524
    fours, rest = divmod(rest, 1461)
    years = min(rest // 365, 3)
    day = rest - years * 365 + 1
    year = cycles * 400 + centuries * 100 + fours * 4 + years + 1
    month = 1
    while day > _days_in_month(year, month):
        day -= _days_in_month(year, month)
        month += 1
    return year, month, day


def _first_iso_day(year):
    """The ordinal of the Monday that begins a year of weeks."""
    first = _ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    return first - weekday + (7 if weekday > 3 else 0)


def _from_iso_week(year, week, day):
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"Year is out of range: {year}")
    start = _first_iso_day(year)
    if not 1 <= week <= 52 and not (week == 53 and _first_iso_day(year + 1) - start == 371):
        raise ValueError(f"Invalid week: {week}")
    if not 1 <= day <= 7:
        raise ValueError(f"Invalid day: {day} (range is [1, 7])")
    return _from_ordinal(start + (week - 1) * 7 + day - 1)


def _integer(value):
    if type(value) is int:
        return value
    if isinstance(value, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    return value.__index__() if hasattr(value, "__index__") else _no_integer(value)


def _no_integer(value):
    raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")


def _check_date(year, month, day):
    year, month, day = _integer(year), _integer(month), _integer(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError("day is out of range for month")
    return year, month, day


def _check_time(hour, minute, second, micro, fold):
    hour, minute, second, micro = _integer(hour), _integer(minute), _integer(second), _integer(micro)
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= micro <= 999999:
        raise ValueError("microsecond must be in 0..999999")
    if fold not in (0, 1):
        raise ValueError("fold must be either 0 or 1")
    return hour, minute, second, micro, fold


def _check_zone(zone):
    if zone is not None and not isinstance(zone, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(zone).__name__}'")
    return zone


def _check_offset(name, offset):
    if offset is None:
        return None
    if not isinstance(offset, timedelta):
        raise TypeError(f"tzinfo.{name}() must return None or a timedelta, not '{type(offset).__name__}'")
    if not -_DAY_MICROS < offset._micros < _DAY_MICROS:
        raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).")
    return offset


def _no_order(one, other):
    raise TypeError(f"can't compare {_full_name(one)} to {_full_name(other)}")


def _full_name(obj):
    kind = type(obj)
    return kind.__name__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"


def _shown_class(obj):
    """The class in the text of an object: with its module only where it is one of this."""
    kind = type(obj)
    return f"datetime.{kind.__name__}" if kind.__module__ == "datetime" else kind.__name__


def _round_half_even(number, divisor):
    quotient, rest = divmod(number, divisor)
    rest *= 2
    above = rest > divisor if divisor > 0 else rest < divisor
    return quotient + 1 if above or rest == divisor and quotient % 2 else quotient


class timedelta:
    """A length of time, exact to a microsecond."""

    __slots__ = ("_micros",)

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total, left = 0, 0.0
        for name, value, factor in (
            ("microseconds", microseconds, 1),
            ("milliseconds", milliseconds, 1000),
            ("seconds", seconds, 1_000_000),
            ("minutes", minutes, 60_000_000),
            ("hours", hours, 3_600_000_000),
            ("days", days, _DAY_MICROS),
            ("weeks", weeks, 7 * _DAY_MICROS),
        ):
            if isinstance(value, int):
                total += value * factor
            elif isinstance(value, float):
                if not math.isfinite(value):
                    kind = ValueError if value != value else OverflowError
                    raise kind(f"cannot convert float {'NaN' if value != value else 'infinity'} to integer")
                fraction, whole = math.modf(value)
                total += int(whole) * factor
                fraction, whole = math.modf(fraction * factor)
                total += int(whole)
                left += fraction
            else:
                raise TypeError(f"unsupported type for timedelta {name} component: {type(value).__name__}")
        if left:
            whole = round(left)
            if abs(whole - left) == 0.5:
                odd = total & 1
                whole = int(2.0 * round((left + odd) * 0.5) - odd)
            total += whole
        return cls._of(total)

    @classmethod
    def _of(cls, micros):
        days = micros // _DAY_MICROS
        if not -999999999 <= days <= 999999999:
            raise OverflowError(f"days={days}; must have magnitude <= 999999999")
        self = object.__new__(cls)
        self._micros = micros
        return self

    days = property(lambda self: self._micros // _DAY_MICROS)
    seconds = property(lambda self: self._micros % _DAY_MICROS // 1_000_000)
    microseconds = property(lambda self: self._micros % 1_000_000)

    def total_seconds(self):
        return self._micros / 1_000_000

    def __repr__(self):
        parts = [f"{name}={value}" for name in ("days", "seconds", "microseconds") if (value := getattr(self, name))]
        return f"{_shown_class(self)}({', '.join(parts) or '0'})"

    def __str__(self):
        days, micro = self.days, self.microseconds
        minutes, second = divmod(self.seconds, 60)
        text = f"{minutes // 60}:{minutes % 60:02}:{second:02}"
        if days:
            text = f"{days} day{'' if abs(days) == 1 else 's'}, {text}"
        return f"{text}.{micro:06}" if micro else text

    def __add__(self, other):
        return timedelta._of(self._micros + other._micros) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return timedelta._of(self._micros - other._micros) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other):
        return timedelta._of(other._micros - self._micros) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return timedelta._of(-self._micros)

    def __pos__(self):
        return timedelta._of(self._micros)

    def __abs__(self):
        return timedelta._of(abs(self._micros))

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._of(self._micros * other)
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return timedelta._of(_round_half_even(self._micros * above, below))
        return NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._micros / other._micros
        if isinstance(other, int):
            return timedelta._of(_round_half_even(self._micros, other))
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return timedelta._of(_round_half_even(below * self._micros, above))
        return NotImplemented

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._micros // other._micros
        return timedelta._of(self._micros // other) if isinstance(other, int) else NotImplemented

    def __mod__(self, other):
        return timedelta._of(self._micros % other._micros) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(self._micros, other._micros)
        return quotient, timedelta._of(rest)

    def __eq__(self, other):
        return self._micros == other._micros if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._micros < other._micros if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._micros <= other._micros if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._micros > other._micros if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._micros >= other._micros if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash((self.days, self.seconds, self.microseconds))

    def __bool__(self):
        return self._micros != 0

    def __reduce__(self):
        return type(self), (self.days, self.seconds, self.microseconds)


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


class IsoCalendarDate(tuple):
    """Year, week and weekday."""

    __slots__ = ()

    def __new__(cls, year, week, weekday):
        return super().__new__(cls, (year, week, weekday))

    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __reduce__(self):
        return tuple, (tuple(self),)

    def __repr__(self):
        return f"{type(self).__module__}.{type(self).__name__}(year={self[0]}, week={self[1]}, weekday={self[2]})"


def _formatted(obj, form, numbers):
    """Fills in the directives that `time.strftime` does not know."""
    parts = []
    at = 0
    while True:
        found = form.find("%", at)
        if found < 0 or found + 1 >= len(form):
            parts.append(form[at:])
            break
        parts.append(form[at:found])
        letter = form[found + 1]
        if letter == "f":
            parts.append(f"{getattr(obj, 'microsecond', 0):06}")
        elif letter == "z":
            offset = obj.utcoffset() if hasattr(obj, "utcoffset") else None
            parts.append("" if offset is None else _text.offset_text(offset._micros, ""))
        elif letter == "Z":
            name = obj.tzname() if hasattr(obj, "tzname") else None
            parts.append("" if name is None else name.replace("%", "%%"))
        else:
            parts.append("%" + letter)
        at = found + 2
    return _time.strftime("".join(parts), numbers)


class date:
    """A day of the calendar."""

    __slots__ = ("_year", "_month", "_day")

    def __new__(cls, year, month=None, day=None):
        if month is None and isinstance(year, bytes) and len(year) == 4:
            year, month, day = year[0] << 8 | year[1], year[2], year[3]
        elif month is None or day is None:
            name, place = ("month", 2) if month is None else ("day", 3)
            raise TypeError(f"function missing required argument '{name}' (pos {place})")
        self = object.__new__(cls)
        self._year, self._month, self._day = _check_date(year, month, day)
        return self

    year = property(lambda self: self._year)
    month = property(lambda self: self._month)
    day = property(lambda self: self._day)

    @classmethod
    def fromtimestamp(cls, timestamp):
        return cls(*_time.localtime(timestamp)[:3])

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, ordinal):
        if ordinal < 1:
            raise ValueError("ordinal must be >= 1")
        if ordinal > _MAX_ORDINAL:
            raise ValueError(f"year {_from_ordinal(ordinal)[0]} is out of range")
        return cls(*_from_ordinal(ordinal))

    @classmethod
    def fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            numbers, rest = _text.iso_date(date_string)
            if rest:
                raise ValueError
        except ValueError:
            raise ValueError(f"Invalid isoformat string: {date_string!r}") from None
        return cls(*(_from_iso_week(*numbers[:3]) if len(numbers) == 4 else numbers))

    @classmethod
    def fromisocalendar(cls, year, week, day):
        return cls(*_from_iso_week(year, week, day))

    def __repr__(self):
        return f"{_shown_class(self)}({self._year}, {self._month}, {self._day})"

    def ctime(self):
        return f"{_DAYS[self.weekday()]} {_MONTHS[self._month]} {self._day:2} 00:00:00 {self._year:04}"

    def strftime(self, format):
        return _formatted(self, format, self.timetuple())

    def __format__(self, form):
        if not isinstance(form, str):
            raise TypeError(f"__format__() argument must be str, not {type(form).__name__}")
        return self.strftime(form) if form else str(self)

    def isoformat(self):
        return f"{self._year:04}-{self._month:02}-{self._day:02}"

    __str__ = isoformat

    def timetuple(self):
        year_day = self.toordinal() - _ordinal(self._year, 1, 1) + 1
        return _time.struct_time((self._year, self._month, self._day, 0, 0, 0, self.weekday(), year_day, -1))

    def toordinal(self):
        return _ordinal(self._year, self._month, self._day)

    def replace(self, year=None, month=None, day=None):
        return type(self)(
            self._year if year is None else year, self._month if month is None else month, self._day if day is None else day
        )

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.toordinal() % 7 or 7

    def isocalendar(self):
        year, today = self._year, self.toordinal()
        start = _first_iso_day(year)
        if today < start:
            year -= 1
            start = _first_iso_day(year)
        elif today >= _first_iso_day(year + 1):
            year += 1
            start = _first_iso_day(year)
        week, day = divmod(today - start, 7)
        return IsoCalendarDate(year, week + 1, day + 1)

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        ordinal = self.toordinal() + other.days
        if not 1 <= ordinal <= _MAX_ORDINAL:
            raise OverflowError("date value out of range")
        return type(self).fromordinal(ordinal)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        if isinstance(other, date) and not isinstance(other, datetime):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def _key(self, other):
        if not isinstance(other, date) or isinstance(other, datetime):
            return None
        return (self._year, self._month, self._day), (other._year, other._month, other._day)

    def __eq__(self, other):
        keys = self._key(other)
        return NotImplemented if keys is None else keys[0] == keys[1]

    def __lt__(self, other):
        keys = self._key(other)
        return _unordered(self, other) if keys is None else keys[0] < keys[1]

    def __le__(self, other):
        keys = self._key(other)
        return _unordered(self, other) if keys is None else keys[0] <= keys[1]

    def __gt__(self, other):
        keys = self._key(other)
        return _unordered(self, other) if keys is None else keys[0] > keys[1]

    def __ge__(self, other):
        keys = self._key(other)
        return _unordered(self, other) if keys is None else keys[0] >= keys[1]

    def __hash__(self):
        return hash(self._state())

    def _state(self):
        return bytes([self._year >> 8, self._year & 255, self._month, self._day])

    def __reduce__(self):
        return type(self), (self._state(),)


def _unordered(one, other):
    if isinstance(other, date):
        _no_order(one, other)
    return NotImplemented


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)


class tzinfo:
    """What a time zone must tell."""

    __slots__ = ()

    def tzname(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def utcoffset(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        offset, saving = dt.utcoffset(), dt.dst()
        if offset is None:
            raise ValueError("fromutc: non-None utcoffset() result required")
        if saving is None:
            raise ValueError("fromutc: non-None dst() result required")
        standard = offset - saving
        if standard:
            dt += standard
            saving = dt.dst()
            if saving is None:
                raise ValueError("fromutc: tz.dst() gave inconsistent results; cannot convert")
        return dt + saving

    def __reduce__(self):
        given = getattr(self, "__getinitargs__", None)
        return type(self), given() if given else (), self.__getstate__()


class timezone(tzinfo):
    """An offset from UTC that never changes."""

    __slots__ = ("_offset", "_name")

    def __new__(cls, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError(f"timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}")
        if name is None and not offset and hasattr(cls, "utc"):
            return cls.utc
        if name is not None and not isinstance(name, str):
            raise TypeError(f"timezone() argument 2 must be str, not {type(name).__name__}")
        if not -_DAY_MICROS < offset._micros < _DAY_MICROS:
            raise ValueError(
                f"offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {offset!r}."
            )
        self = object.__new__(cls)
        self._offset, self._name = offset, name
        return self

    def __init_subclass__(cls):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    def __reduce__(self):
        return timezone, self.__getinitargs__()

    def __getinitargs__(self):
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        return f"datetime.timezone({self._offset!r}{'' if self._name is None else f', {self._name!r}'})"

    def __str__(self):
        return self.tzname(None)

    def _check(self, name, dt):
        if dt is not None and not isinstance(dt, datetime):
            raise TypeError(f"{name}(dt) argument must be a datetime instance or None, not {type(dt).__name__}")

    def utcoffset(self, dt):
        self._check("utcoffset", dt)
        return self._offset

    def tzname(self, dt):
        self._check("tzname", dt)
        if self._name is not None:
            return self._name
        return "UTC" if not self._offset else "UTC" + _text.offset_text(self._offset._micros)

    def dst(self, dt):
        self._check("dst", dt)
        return None

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime instance")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt + self._offset


timezone.utc = UTC = timezone(timedelta(0))
timezone.min = timezone(-timedelta(hours=23, minutes=59))
timezone.max = timezone(timedelta(hours=23, minutes=59))


class _Clock:
    """What times have, with or without a date."""

    __slots__ = ()

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._micro)
    tzinfo = property(lambda self: self._zone)
    fold = property(lambda self: self._fold)

    def _set_time(self, hour, minute, second, micro, zone, fold):
        self._hour, self._minute, self._second, self._micro, self._fold = _check_time(hour, minute, second, micro, fold)
        self._zone = _check_zone(zone)

    def utcoffset(self):
        return None if self._zone is None else _check_offset("utcoffset", self._zone.utcoffset(self._self_if_dated()))

    def dst(self):
        return None if self._zone is None else _check_offset("dst", self._zone.dst(self._self_if_dated()))

    def tzname(self):
        if self._zone is None:
            return None
        name = self._zone.tzname(self._self_if_dated())
        if name is not None and not isinstance(name, str):
            raise TypeError(f"tzinfo.tzname() must return None or a string, not '{type(name).__name__}'")
        return name

    def _clock_text(self, timespec):
        hour, minute, second, micro = self._hour, self._minute, self._second, self._micro
        if timespec == "auto":
            timespec = "microseconds" if micro else "seconds"
        if timespec == "hours":
            text = f"{hour:02}"
        elif timespec == "minutes":
            text = f"{hour:02}:{minute:02}"
        elif timespec == "seconds":
            text = f"{hour:02}:{minute:02}:{second:02}"
        elif timespec == "milliseconds":
            text = f"{hour:02}:{minute:02}:{second:02}.{micro // 1000:03}"
        elif timespec == "microseconds":
            text = f"{hour:02}:{minute:02}:{second:02}.{micro:06}"
        else:
            raise ValueError("Unknown timespec value")
        offset = self.utcoffset()
        return text if offset is None else text + _text.offset_text(offset._micros)

    def _day_micros(self):
        return ((self._hour * 60 + self._minute) * 60 + self._second) * 1_000_000 + self._micro

    def _clock_repr(self):
        parts = [self._hour, self._minute, self._second, self._micro]
        while len(parts) > 2 and not parts[-1]:
            parts.pop()
        return ", ".join(map(str, parts))

    def _clock_state(self):
        return bytes([self._hour, self._minute, self._second, *self._micro.to_bytes(3, "big")])


class time(_Clock):
    """A time of day."""

    __slots__ = ("_hour", "_minute", "_second", "_micro", "_zone", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        self = object.__new__(cls)
        if isinstance(hour, bytes) and len(hour) == 6:
            zone = minute if minute != 0 else None
            state = hour
            hour, minute, second = state[0] & 127, state[1], state[2]
            self._set_time(hour, minute, second, int.from_bytes(state[3:], "big"), zone, state[0] >> 7)
        else:
            self._set_time(hour, minute, second, microsecond, tzinfo, fold)
        return self

    def _self_if_dated(self):
        return None

    @classmethod
    def fromisoformat(cls, time_string):
        if not isinstance(time_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            clock, offset = _text.iso_time(time_string.removeprefix("T"))
        except ValueError:
            raise ValueError(f"Invalid isoformat string: {time_string!r}") from None
        return cls(*clock, _zone_of(offset))

    def _key(self, other, equal):
        """Both as numbers; None where they cannot be compared."""
        mine, theirs = self.utcoffset(), other.utcoffset()
        if (mine is None) != (theirs is None):
            if equal:
                return None
            raise TypeError("can't compare offset-naive and offset-aware times")
        one, two = self._day_micros(), other._day_micros()
        return (one, two) if mine is None else (one - mine._micros, two - theirs._micros)

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        keys = self._key(other, True)
        return keys is not None and keys[0] == keys[1]

    def __lt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        one, two = self._key(other, False)
        return one < two

    def __le__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        one, two = self._key(other, False)
        return one <= two

    def __gt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        one, two = self._key(other, False)
        return one > two

    def __ge__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        one, two = self._key(other, False)
        return one >= two

    def __hash__(self):
        offset = (self.replace(fold=0) if self._fold else self).utcoffset()
        return hash(self._day_micros() - (offset._micros if offset else 0))

    def __repr__(self):
        zone = "" if self._zone is None else f", tzinfo={self._zone!r}"
        fold = ", fold=1" if self._fold else ""
        return f"{_shown_class(self)}({self._clock_repr()}{zone}{fold})"

    def isoformat(self, timespec="auto"):
        return self._clock_text(timespec)

    __str__ = isoformat

    def strftime(self, format):
        return _formatted(self, format, (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1))

    def __format__(self, form):
        if not isinstance(form, str):
            raise TypeError(f"__format__() argument must be str, not {type(form).__name__}")
        return self.strftime(form) if form else str(self)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(
            self._hour if hour is None else hour,
            self._minute if minute is None else minute,
            self._second if second is None else second,
            self._micro if microsecond is None else microsecond,
            self._zone if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold,
        )

    def __reduce_ex__(self, protocol):
        state = self._clock_state()
        if self._fold and protocol > 3:
            state = bytes([state[0] | 128]) + state[1:]
        return type(self), (state,) if self._zone is None else (state, self._zone)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _zone_of(offset):
    return None if offset is None else timezone.utc if offset == 0 else timezone(timedelta(microseconds=offset))


time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)


class datetime(_Clock, date):
    """A day and a time of it."""

    __slots__ = ("_hour", "_minute", "_second", "_micro", "_zone", "_fold")

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(year, bytes) and len(year) == 10:
            state, tzinfo = year, month
            year, month, day = state[0] << 8 | state[1], state[2] & 127, state[3]
            hour, minute, second, microsecond = state[4], state[5], state[6], int.from_bytes(state[7:], "big")
            fold = state[2] >> 7
        self = date.__new__(cls, year, month, day)
        self._set_time(hour, minute, second, microsecond, tzinfo, fold)
        return self

    def _self_if_dated(self):
        return self

    @classmethod
    def _of(cls, days, micros, zone=None, fold=0):
        """The moment some microseconds after midnight of a day."""
        more, micros = divmod(micros, _DAY_MICROS)
        days += more
        if not 1 <= days <= _MAX_ORDINAL:
            raise OverflowError("date value out of range")
        seconds, micro = divmod(micros, 1_000_000)
        minutes, second = divmod(seconds, 60)
        return cls(*_from_ordinal(days), minutes // 60, minutes % 60, second, micro, zone, fold=fold)

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        _check_zone(tz)
        moment = cls.utcfromtimestamp(timestamp)
        # The zone of scripts is UTC.
        return moment if tz is None else tz.fromutc(moment.replace(tzinfo=tz))

    @classmethod
    def utcfromtimestamp(cls, t):
        fraction, whole = math.modf(t)
        micros = round(fraction * 1e6)
        days, seconds = divmod(int(whole), 86400)
        try:
            return cls._of(_EPOCH_ORDINAL + days, seconds * 1_000_000 + micros)
        except OverflowError:
            raise ValueError(f"year {1970 + days // 366} is out of range") from None

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.utcfromtimestamp(_time.time())

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        if not isinstance(date, _date):
            raise TypeError(f"combine() argument 1 must be datetime.date, not {type(date).__name__}")
        if not isinstance(time, _time_class):
            raise TypeError(f"combine() argument 2 must be datetime.time, not {type(time).__name__}")
        zone = time.tzinfo if tzinfo is True else tzinfo
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, zone, fold=time.fold)

    @classmethod
    def fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            numbers, rest = _text.iso_date(date_string)
            clock, offset = _text.iso_time(rest[1:]) if rest else ((), None)
        except ValueError:
            raise ValueError(f"Invalid isoformat string: {date_string!r}") from None
        numbers = _from_iso_week(*numbers[:3]) if len(numbers) == 4 else numbers
        return cls(*numbers, *clock, tzinfo=_zone_of(offset))

    @classmethod
    def strptime(cls, date_string, format):
        for at, value in enumerate((date_string, format), 1):
            if not isinstance(value, str):
                raise TypeError(f"strptime() argument {at} must be str, not {type(value).__name__}")
        found = _text.read(date_string, format)
        year, month, day = _date_of(found)
        hour = found["I"] % 12 + 12 * found.get("p", 0) if "I" in found else found.get("H", 0)
        zone = None
        if "z" in found:
            offset = timedelta(microseconds=found["z"])
            zone = timezone(offset, found["Z"]) if "Z" in found else timezone(offset)
        return cls(year, month, day, hour, found.get("M", 0), found.get("S", 0), found.get("f", 0), zone)

    def timetuple(self):
        saving = self.dst()
        numbers = (self._hour, self._minute, self._second, *date.timetuple(self)[6:8])
        return _time.struct_time((self._year, self._month, self._day, *numbers, -1 if saving is None else int(bool(saving))))

    def utctimetuple(self):
        offset = self.utcoffset()
        moment = self - offset if offset else self
        numbers = (moment._hour, moment._minute, moment._second, *date.timetuple(moment)[6:8])
        return _time.struct_time((moment._year, moment._month, moment._day, *numbers, 0))

    def _total(self):
        """Microseconds since the calendar began, of the clock on the wall."""
        return self.toordinal() * _DAY_MICROS + self._day_micros()

    def timestamp(self):
        offset = self.utcoffset()
        return (self._total() - (offset._micros if offset else 0) - _EPOCH_ORDINAL * _DAY_MICROS) / 1_000_000

    def date(self):
        return _date(self._year, self._month, self._day)

    def time(self):
        return _time_class(self._hour, self._minute, self._second, self._micro, fold=self._fold)

    def timetz(self):
        return _time_class(self._hour, self._minute, self._second, self._micro, self._zone, fold=self._fold)

    def replace(
        self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None
    ):
        return type(self)(
            self._year if year is None else year,
            self._month if month is None else month,
            self._day if day is None else day,
            self._hour if hour is None else hour,
            self._minute if minute is None else minute,
            self._second if second is None else second,
            self._micro if microsecond is None else microsecond,
            self._zone if tzinfo is True else tzinfo,
            fold=self._fold if fold is None else fold,
        )

    def astimezone(self, tz=None):
        if tz is None:
            tz = timezone(timedelta(0), _time.tzname[0])
        elif not isinstance(tz, tzinfo):
            raise TypeError("tz argument must be an instance of tzinfo")
        offset = self.utcoffset()
        if self._zone is tz and offset is not None:
            return self
        moment = (self - offset if offset else self).replace(tzinfo=tz)
        return tz.fromutc(moment)

    def ctime(self):
        day = f"{_DAYS[self.weekday()]} {_MONTHS[self._month]} {self._day:2}"
        return f"{day} {self._hour:02}:{self._minute:02}:{self._second:02} {self._year:04}"

    def isoformat(self, sep="T", timespec="auto"):
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError("isoformat() argument 1 must be a unicode character, not " + type(sep).__name__)
        return f"{date.isoformat(self)}{sep}{self._clock_text(timespec)}"

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        zone = "" if self._zone is None else f", tzinfo={self._zone!r}"
        fold = ", fold=1" if self._fold else ""
        return f"{_shown_class(self)}({self._year}, {self._month}, {self._day}, {self._clock_repr()}{fold}{zone})"

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return type(self)._of(self.toordinal(), self._day_micros() + other._micros, self._zone)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        difference = self._total() - other._total()
        if self._zone is not other._zone:
            mine, theirs = self.utcoffset(), other.utcoffset()
            if (mine is None) != (theirs is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            if mine is not None:
                difference -= mine._micros - theirs._micros
        return timedelta._of(difference)

    def _key(self, other, equal=True):
        if not isinstance(other, datetime):
            return None
        one, two = self._total(), other._total()
        if self._zone is other._zone:
            return one, two
        mine, theirs = self.utcoffset(), other.utcoffset()
        if (mine is None) != (theirs is None):
            if equal:
                return 0, 1
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return (one, two) if mine is None else (one - mine._micros, two - theirs._micros)

    def __eq__(self, other):
        keys = self._key(other)
        if keys is None:
            return NotImplemented if not isinstance(other, _date) else False
        return keys[0] == keys[1]

    def __lt__(self, other):
        keys = self._key(other, False)
        return _unordered(self, other) if keys is None else keys[0] < keys[1]

    def __le__(self, other):
        keys = self._key(other, False)
        return _unordered(self, other) if keys is None else keys[0] <= keys[1]

    def __gt__(self, other):
        keys = self._key(other, False)
        return _unordered(self, other) if keys is None else keys[0] > keys[1]

    def __ge__(self, other):
        keys = self._key(other, False)
        return _unordered(self, other) if keys is None else keys[0] >= keys[1]

    def __hash__(self):
        offset = (self.replace(fold=0) if self._fold else self).utcoffset()
        return hash(self._total() - (offset._micros if offset else 0))

    def __reduce_ex__(self, protocol):
        state = date._state(self) + self._clock_state()
        if self._fold and protocol > 3:
            state = state[:2] + bytes([state[2] | 128]) + state[3:]
        return type(self), (state,) if self._zone is None else (state, self._zone)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _date_of(found):
    """Year, month and day of what a text said."""
    if "y" in found:
        found["Y"] = found["y"] + (2000 if found["y"] <= 68 else 1900)
    weekday = found.get("a", found.get("A"))
    if "w" in found:
        weekday = (found["w"] - 1) % 7
    if "u" in found:
        weekday = found["u"] - 1
    if "G" in found:
        if "j" in found:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.")
        if "V" not in found or weekday is None:
            raise ValueError(
                "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u')."
            )
        return _from_iso_week(found["G"], found["V"], weekday + 1)
    if "V" in found:
        if "Y" not in found or weekday is None:
            raise ValueError(
                "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u')."
            )
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.")
    month = found.get("m", found.get("b", found.get("B")))
    if "m" not in found and month is not None:
        month += 1
    day = found.get("d")
    year = found.get("Y")
    if year is None and month == 2 and day == 29:
        # A leap day needs a year that has one, and is then moved to the year that was not said: which fails, as it must.
        return _check_date(1900, 2, 29)
    year = 1900 if year is None else year
    if "j" in found:
        return _from_ordinal(_ordinal(year, 1, 1) + found["j"] - 1)
    week = "U" if "U" in found else "W" if "W" in found else None
    if week is not None and weekday is not None and "Y" in found:
        first = (_ordinal(year, 1, 1) + 6) % 7
        if week == "U":
            first, weekday = (first + 1) % 7, (weekday + 1) % 7
        before = (7 - first) % 7
        days = weekday - first if found[week] == 0 else before + 7 * (found[week] - 1) + weekday
        return _from_ordinal(_ordinal(year, 1, 1) + days)
    return year, 1 if month is None else month, 1 if day is None else day


# Methods of `datetime` have these names too.
_date = date
_time_class = time
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
