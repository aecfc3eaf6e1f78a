"""Defaults that lead back to what holds the function."""

def go():
    handlers = {}
    for name in ("a", "b"):
        handlers[name] = lambda n=name, all=handlers: all[n]
    return handlers["a"]()
go()
