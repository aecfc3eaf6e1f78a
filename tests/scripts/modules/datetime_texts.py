"""Dates and times read from text and written to it."""
from datetime import date, datetime, time, timedelta, timezone


def attempt(act, *args, **kwargs):
    try:
        print(repr(act(*args, **kwargs)))
    except ValueError as e:
        print(type(e).__name__, e)


for text in (
    "2011-11-04", "20111104", "2011-W01-2", "2011W012", "2011-W01", "2011-11-4", "x", "2011-11-04T00:05:23", "2011-11-04 00:05:23.283",
    "2011-11-04T00:05:23.283185+00:00", "2011-11-04T00:05:23Z", "20111104T000523", "2011-11-04T00:05+04:00", "2011-11-04T24:00",
    "2011-11-04T00:05:23,283185123", "2011-11-04T12-05:30:15.123", "2011-02-30",
):
    attempt(date.fromisoformat, text)
    attempt(datetime.fromisoformat, text)
for text in ("04:23:01", "T042301", "04:23:01.000384", "04:23:01+04:00", "04:23:01Z", "04", "25:00", "04:2"):
    attempt(time.fromisoformat, text)
for text, form in (
    ("2024-02-03 04:05:06.123 +0530", "%Y-%m-%d %H:%M:%S.%f %z"), ("03 Feb 24", "%d %b %y"), ("12:30 PM", "%I:%M %p"),
    ("2024 034", "%Y %j"), ("2024-W05-3", "%G-W%V-%u"), ("Tue 2024 05", "%a %Y %U"), ("x", "%Y"), ("2024x", "%Y"), ("2024", "%Q"),
    ("Sat Feb  3 04:05:06 2024", "%c"), ("10:00 -01:30", "%H:%M %z"), ("20240203T040506Z", "%Y%m%dT%H%M%S%z"),
    ("2024-02-30", "%Y-%m-%d"), ("69", "%y"), ("68", "%y"), ("JANUARY 5", "%B %d"), ("%", "%%"),
):
    attempt(datetime.strptime, text, form)
moment = datetime(2024, 2, 3, 4, 5, 6, 7, timezone(timedelta(hours=-3, minutes=-30), "Z%"))
for form in ("%Y-%m-%d %H:%M:%S.%f %z %Z %% %p %I %j", "%A %a %B %b %d %y %U %W %w %G %V %u", "%c|%x|%X", ""):
    print(moment.strftime(form), format(moment, form), moment.date().strftime(form), moment.time().strftime(form), sep=" / ")
for timespec in ("auto", "hours", "minutes", "seconds", "milliseconds", "microseconds", "days"):
    attempt(moment.isoformat, " ", timespec)
    attempt(moment.timetz().isoformat, timespec)
print(f"{moment:%H:%M}", f"{moment}", f"{date(5, 1, 1):%Y}", moment.ctime())
for year in range(2015, 2027):
    for day in (date(year, 1, 1), date(year, 1, 4), date(year, 12, 29), date(year, 12, 31)):
        print(day.strftime("%G-W%V-%u %g"), tuple(day.isocalendar()), end="; ")
    print()
