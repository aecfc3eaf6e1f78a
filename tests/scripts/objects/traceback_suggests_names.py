# An uncaught error of a name says which one may have been meant.
class Thing:
    counter = 1


try:
    Thing().couner
except AttributeError as error:
    print(str(error))
    first = error
try:
    lenght
except NameError as error:
    print(str(error))


def compute(value):
    total_sum = value
    return total_sun


try:
    compute(1)
except NameError as error:
    error.add_note("a note of\ntwo lines")
    raise RuntimeError("while computing") from error
