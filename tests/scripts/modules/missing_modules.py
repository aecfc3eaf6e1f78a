"""What is left out says so."""
for name in ("socket_that_is_not", "collections.nothing"):
    try:
        __import__(name)
    except ModuleNotFoundError as e:
        print(e, e.name)
try:
    from math import nothing
except ImportError as e:
    print(type(e).__name__, str(e).split(" (")[0])
try:
    import json.nothing
except ModuleNotFoundError as e:
    print(e)
