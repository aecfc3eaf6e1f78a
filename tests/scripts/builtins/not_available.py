# open and input say why they can't work; __import__ works.
math = __import__("math")
print(math.sqrt(16))
print(__import__("collections.abc").__name__, __import__("collections.abc", fromlist=["Mapping"]).__name__)
try:
    __import__("no_such_module_at_all")
except ModuleNotFoundError as error:
    print(error, error.name)
try:
    __import__()
except TypeError as error:
    print(error)
try:
    __import__(5)
except TypeError as error:
    print(error)
