"""time.strptime: dates read by a format."""
import time

for text, form in (
    ("2020-01-02 03:04:05", "%Y-%m-%d %H:%M:%S"), ("29 Feb 2000", "%d %b %Y"), ("Thu Jan  1 00:00:00 1970", "%c"),
    ("12:30 am", "%I:%M %p"), ("12:30 PM", "%I:%M %p"), ("60 2021", "%j %Y"), ("68/1/9", "%y/%m/%d"), ("69", "%y"),
    ("october 7", "%B %d"), ("100%", "100%%"), ("1/2", "%d/%m"), ("0102", "%d%m"), (" 5", " %d"), ("5   6", "%d %m"),
    ("5 x", "%d"), ("x", "%d"), ("31 2 2021", "%d %m %Y"), ("2021", "%Q"), ("13", "%m"), ("Mon", "%a"),
):
    try:
        print(tuple(time.strptime(text, form)))
    except ValueError as error:
        print(error)
print(time.strptime("Sun Jun 20 23:21:05 1993"))
print(time.mktime(time.strptime("1 Jan 1970", "%d %b %Y")) == 0 or "a time zone")
