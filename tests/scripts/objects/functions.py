# Functions: every kind of parameter, defaults, attributes.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    """The doc."""
    return a, b, c, args, d, e, kw
print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, x=7), f(1, c=9, d=4, a=8, b=7))
attempt(lambda: f())
attempt(lambda: f(1))
attempt(lambda: f(d=1))
attempt(lambda: f(1, 2, 3, c=3, d=1))
def g(a, b, c=3, *, d, e):
    pass
attempt(lambda: g())
attempt(lambda: g(1, 2, 3, 4, d=1, e=2))
attempt(lambda: g(1, 2))
attempt(lambda: g(1, 2, d=1))
attempt(lambda: g(1, a=1, b=2, d=1, e=1))
attempt(lambda: g(1, 2, z=1, d=1, e=1))
def p(a, b, /):
    pass
attempt(lambda: p(a=1, b=2))
attempt(lambda: p(1))
attempt(lambda: p(1, 2, 3))
attempt(lambda: (lambda x: x)())
attempt(lambda: f(1, *5))
attempt(lambda: f(**5))
attempt(lambda: f(1, **{1: 2}))
attempt(lambda: f(1, d=1, **{"d": 2}))
print(f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__module__, f.__annotations__, f.__dict__, f.__closure__)
f.extra = [1]
f.__name__ = "renamed"
f.__doc__ = None
print(f.extra, f.__name__, f.__doc__, f.__dict__)
f.__defaults__ = (20, 30)
f.__kwdefaults__ = {"d": 40, "e": 50}
print(f(1))
del f.extra
attempt(lambda: f.extra)
attempt(lambda: setattr(f, "__name__", 5))
attempt(lambda: setattr(f, "__closure__", None))
def ann(a: int, b: "str" = "x", *c: list[int], d: dict = None, **e: tuple) -> bool:
    pass
print(ann.__annotations__)
c = f.__code__
print(c.co_name, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_varnames, c.co_flags & 12, c.co_freevars, c.co_cellvars)
mutable = lambda x, seen=[]: seen.append(x) or seen
print(mutable(1), mutable(2), (lambda: None)(), (lambda *a, k=1: (a, k))(1, 2, k=3))
print((lambda: 0).__name__, (lambda: 0).__qualname__, callable(f), type(f).__name__)
print(f(*[1, 2], *(3,), d=1, **{"y": 2}, **{"z": 3}), [*range(2), *"ab"], {**{"a": 1}})
def order():
    def note(x):
        print("eval", x)
        return x
    return f(note(1), *[note(2)], note(3), d=note(4), **{"k": note(5)})
print(order())
