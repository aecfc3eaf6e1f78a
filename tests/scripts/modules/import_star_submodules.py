# What a package lists in __all__ and does not have yet is imported as one of its modules.
import sys

from _stars import *

print(count, near.distance, sys.modules["_stars.near"] is near)

try:
    from _stars.wrong import *
except TypeError as error:
    print(error)
