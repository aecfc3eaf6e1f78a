# Exception groups inside of groups, with causes and notes, as a traceback prints them.
def leaf(n):
    raise ValueError(n)


def caught(f, *args):
    try:
        f(*args)
    except Exception as error:
        return error


def group(name, *errors):
    raise ExceptionGroup(name, list(errors))


inner = caught(group, "inner", caught(leaf, 1), TypeError("bare"))
inner.add_note("note of the inner group")
chained = caught(leaf, 2)
chained.__cause__ = KeyError("cause")
try:
    group("outer", inner, chained, ExceptionGroup("third", [IndexError(3)]))
except ExceptionGroup as error:
    raise ExceptionGroup("top", [error, SyntaxError("bad", ("f.py", 1, 1, "x =", 1, 2))])
