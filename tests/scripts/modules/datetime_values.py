"""Dates, times, lengths of time and zones: made, compared, calculated with."""
import copy
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo


def attempt(act, *args, **kwargs):
    try:
        result = act(*args, **kwargs)
        print(repr(result), result)
    except Exception as e:
        print(type(e).__name__, e)


for arguments in (
    dict(days=1.5), dict(hours=-1), dict(seconds=5e-7), dict(weeks=1, microseconds=0.5), dict(days="x"), dict(minutes=1.1),
    dict(milliseconds=2.5), dict(days=float("nan")), dict(days=10**9),
):
    attempt(timedelta, **arguments)
lengths = [timedelta(3, 4, 5), timedelta(-1, 86399), timedelta(hours=36), timedelta(microseconds=-7)]
for one in lengths:
    print(one, one.days, one.seconds, one.microseconds, one.total_seconds(), abs(one), -one, bool(one))
    for act in (lambda: one * 3, lambda: one * 1.37, lambda: one / 7, lambda: one / 0.3, lambda: one // 7, lambda: one / 0):
        attempt(act)
    for other in lengths[:2]:
        for act in (lambda: one + other, lambda: one - other, lambda: one / other, lambda: divmod(one, other), lambda: one < other):
            attempt(act)
for numbers in ((2024, 2, 29), (2023, 2, 29), (0, 1, 1), (2023, 13, 1), (9999, 12, 31), (2021, 1, 3), (2020, 1)):
    attempt(date, *numbers)
day = date(2020, 12, 31)
print(day.weekday(), day.isoweekday(), day.isocalendar(), day.toordinal(), date.fromordinal(737790), day.ctime(), day.timetuple())
attempt(lambda: day + timedelta(60))
attempt(lambda: day - date(2000, 1, 1))
attempt(lambda: day + timedelta(10**7))
attempt(day.replace, month=2)
attempt(date.fromisocalendar, 2020, 53, 7)
attempt(date.fromisocalendar, 2021, 53, 7)
zones = [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=3), "X"), timezone(timedelta(seconds=-61))]
for zone in zones:
    print(repr(zone), zone, zone.utcoffset(None), zone.dst(None), zone == timezone.utc)
attempt(timezone, timedelta(days=1))
moments = [
    datetime(2020, 1, 2, 3, 4, 5, 6), datetime(1, 1, 1), datetime(2024, 2, 29, 23, 59, tzinfo=zones[1]),
    datetime(2024, 2, 29, 18, 29, tzinfo=UTC), datetime(1999, 12, 31, 23, fold=1),
]
for one in moments:
    print(repr(one), one, one.date(), repr(one.time()), repr(one.timetz()), one.tzname(), one.utctimetuple())
    attempt(lambda: one + timedelta(1, 5, 7))
    attempt(one.replace, year=2000, tzinfo=None)
    attempt(one.replace, month=13)
    print(copy.copy(one) == one, copy.deepcopy(one) == one)
    for other in moments:
        attempt(lambda: one - other)
        attempt(lambda: (one == other, one < other, one >= other))
attempt(moments[2].astimezone, zones[2])
attempt(moments[3].timestamp)
attempt(datetime.fromtimestamp, 1700000000.123456, zones[1])
attempt(datetime.combine, day, time(3, 4))
attempt(datetime.combine, 3, 4)
print(datetime(2020, 1, 1) == date(2020, 1, 1), hash(moments[2]) == hash(moments[3]))
attempt(time, 25)
attempt(time, 1, 60)
attempt(time, 1, 2, 3, 4, UTC)
attempt(time, 1, fold=2)
attempt(lambda: time(1, tzinfo=UTC) < time(1))
attempt(time(1, 2).replace, hour=5)
print(date.min, datetime.max, time.resolution, repr(timedelta.min), timedelta.max)


class Summer(tzinfo):
    def utcoffset(self, dt):
        return timedelta(hours=2) + self.dst(dt)

    def dst(self, dt):
        return timedelta(hours=1) if 4 < dt.month < 10 else timedelta(0)

    def tzname(self, dt):
        return "summer"


attempt(lambda: str(datetime(2020, 7, 1, tzinfo=Summer()).astimezone(UTC)))
attempt(lambda: str(datetime(2020, 7, 1, tzinfo=UTC).astimezone(Summer())))
attempt(tzinfo().utcoffset, None)


class Moment(datetime):
    pass


print(type(Moment(2020, 1, 1) + timedelta(1)).__name__, repr(Moment(2020, 1, 1)), isinstance(Moment.now(), date))
