# globals, locals, dir without arguments, the module's names.
top = 1
def f(a, b=2, *args, c=3, **kw):
    d = a + b
    return sorted(locals().items())
print(f(1), f(1, 5, 6, x=7))
print("top" in globals(), globals()["top"], globals() is globals(), locals() is globals())
globals()["made"] = "by hand"
print(made)
def outer():
    cell = "captured"
    def inner():
        own = cell
        return sorted(locals())
    return inner(), sorted(locals())
print(outer())
class C:
    x = 1
    y = x + 1
    names = sorted(n for n in locals() if not n.startswith("__"))
print(C.names)
def unbound():
    before = sorted(locals())
    later = 1
    return before, sorted(locals())
print(unbound())
def snapshot():
    x = 1
    names = locals()
    names["x"] = 99
    names["extra"] = 5
    return x, sorted(names)
print(snapshot())
print(__name__, [n for n in dir() if n in ("top", "f", "C")])
def g():
    global fresh
    fresh = "set in g"
g()
print(fresh)
del fresh
try:
    fresh
except NameError as error:
    print(error)
