# What no memory could hold is told apart from what this machine's could not.
import math

many = 10**18
text = "five!" * 7
for sequence in text.encode(), bytearray(text.encode()), text, [1] * 30, (1,) * 30, b"", "", []:
    for repeat in (lambda: sequence * many, lambda: many * sequence, lambda: sequence.__mul__(many), lambda: sequence * 2**70):
        try:
            print(repeat())
        except (OverflowError, MemoryError) as error:
            print(type(sequence).__name__, type(error).__name__, error)

kept = text
try:
    kept *= many
except OverflowError as error:
    print(error, kept == text)
try:
    math.prod([b"five!", 7, many])
except OverflowError as error:
    print(error)
