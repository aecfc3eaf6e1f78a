# time.struct_time is made of a sequence; the zone's fields are attributes, not items.
import time

make = time.struct_time


def attempt(*arguments, **named):
    try:
        print(make(*arguments, **named))
    except TypeError as error:
        print(error)


attempt()
attempt((1, 2))
attempt(range(9))
attempt(range(11))
attempt(range(12))
attempt(5)
attempt(sequence=range(9))
moment = make(range(11))
print(moment.tm_zone, moment.tm_gmtoff, len(moment), moment[-1], moment == tuple(range(9)))
moment = make(range(9), {"tm_zone": "HERE"})
print(moment.tm_zone, moment.tm_gmtoff)
print(make.n_fields, make.n_sequence_fields, make.n_unnamed_fields, make.__match_args__)
start = time.gmtime(0)
print(start, start.tm_zone, start.tm_gmtoff)
match start:
    case make(year, month):
        print(year, month)
