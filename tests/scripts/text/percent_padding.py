"""Integers that a format fills up to a width, by the quick way and by the others."""
formats = ["%5d", "%05d", "%-5d|", "%-05d|", "%1d", "%64d", "%65d", "%#5d", "%+5d", "% 5d", "%5.3d", "%05i", "%0d", "%ld", "%05u"]
for form in formats:
    print(form, [form % value for value in (0, 7, -7, 12345678, -123456, True, 2**70)])
for form, values in (("%5d", "x"), ("%5d%5d", (1,)), ("%5d", (1, 2))):
    try:
        print(form % values)
    except TypeError as error:
        print(error)
print(b"%05d" % 42, "%(hp)05d/%(max)-5d|" % {"hp": -3, "max": 100})
