# Decorators of functions, methods and classes.
def log(f):
    def wrapper(*args, **kw):
        print("call", f.__name__, args, kw)
        return f(*args, **kw)
    wrapper.__name__ = f.__name__
    return wrapper
def times(n):
    def decorate(f):
        return lambda *a: [f(*a) for _ in range(n)]
    return decorate
@log
def add(a, b=1):
    return a + b
print(add(1), add(1, b=5), add.__name__)
@times(2)
@log
def twice(x):
    return x
print(twice("t"))
class Count:
    def __init__(self, f):
        self.f, self.n = f, 0
    def __call__(self, *args):
        self.n += 1
        return self.f(*args), self.n
@Count
def counted(x):
    return x * 2
print(counted(1), counted(2), counted.n)
def register(cls):
    cls.registered = True
    return cls
@register
class R:
    def __repr__(self):
        return "R()"
    @log
    def m(self, x):
        return x
    @staticmethod
    @log
    def s(x):
        return x
    @classmethod
    @log
    def c(cls, x):
        return x
print(R.registered)
r = R()
R.s(2)
print(type(r.m(1)).__name__)
decorators = [log]
@decorators[0]
def sub(a, b):
    return a - b
print(sub(5, 3))
@(lambda f: "replaced")
def gone():
    pass
print(gone)
order = []
def note(name):
    order.append("evaluate " + name)
    def decorate(f):
        order.append("apply " + name)
        return f
    return decorate
@note("first")
@note("second")
def noted(x=order.append("default")):
    pass
print(order)
import functools
def keeps(f):
    @functools.wraps(f)
    def wrapper():
        "wrapper doc"
        return f()
    return wrapper
@keeps
def documented():
    "the real doc"
    return 1
print(documented.__name__, documented.__doc__, documented.__wrapped__(), documented())
