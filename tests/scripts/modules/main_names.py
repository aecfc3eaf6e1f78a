# The main program's module has the names that CPython gives it, and belongs to no package.
print(dir())
print(__name__, __package__, __cached__, __spec__, __doc__, __annotations__)
speed: float = 2.5
print(__annotations__)
try:
    from . import anything
except ImportError as error:
    print(error)
