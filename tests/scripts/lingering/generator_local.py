"""A generator that was sent itself."""

def walker():
    me = yield
    yield me
def go():
    g = walker()
    next(g)
    g.send(g)
go()
