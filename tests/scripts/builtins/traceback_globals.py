# The frames of a traceback know the names of their modules.
import sys
import collections

LEVEL = 3


def fail():
    return collections.namedtuple("Point", "1x")


try:
    fail()
except ValueError as error:
    names = []
    place = error.__traceback__
    while place:
        names.append(place.tb_frame.f_globals["__name__"])
        place = place.tb_next
    print(names[:3])
    print(error.__traceback__.tb_frame.f_globals["LEVEL"], error.__traceback__.tb_frame.f_globals is globals())
