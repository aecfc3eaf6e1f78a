# Fields of exceptions are read when the text is asked for, and a second __init__ forgets those of the first.
error = UnicodeEncodeError("runes", "stone", 1, 4, "unknown")
print(error)
error.end = 2
print(error)
error.object = "s\u16a0"
print(error)
error.start, error.end = 7, 8
print(error)

error = UnicodeDecodeError("runes", b"stone", 0, 2, "unknown")
print(error)
error.end, error.reason = 1, "worn"
print(error)

error = UnicodeTranslateError("stone\U0001f5ff", 5, 6, "unknown")
print(error, repr(error))
error.start = 2
print(error)
for arguments in [("stone",), ("stone", "a", 2, "why"), (b"stone", 1, 2, "why")]:
    try:
        UnicodeTranslateError(*arguments)
    except TypeError as wrong:
        print(wrong)

error = ImportError("lost", name="map", path="attic")
print(error.name, error.path, error.msg)
error.__init__("found")
print(error.name, error.path, error.msg)
error.__init__("a", "b", path="cellar")
print(error.name, error.path, error.msg, error)
