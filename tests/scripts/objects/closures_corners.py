# Closures: shared cells, late binding, defaults, nested nonlocal, class scopes.
def counter():
    n = 0
    def up():
        nonlocal n
        n += 1
        return n
    def get(): return n
    return up, get


up, get = counter()
print(up(), up(), get(), counter()[0]())
print([f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]])
fs = []
for i in range(3):
    def f(): return i
    fs.append(f)
print([f() for f in fs])
i = 10
print([f() for f in fs])


def deep():
    x = 1
    def a():
        def b():
            nonlocal x
            x += 1
            def c():
                nonlocal x
                x *= 10
                return x
            return c
        return b
    return a, lambda: x


a, x = deep()
print(a()()(), x())


def shadow(x):
    def inner():
        x = 2
        return x
    return x, inner(), x


print(shadow(1))


def late():
    def g(): return h()
    def h(): return "late"
    return g()


print(late())


def cells():
    a, b = 1, 2
    def f(): return a + b
    return f


f = cells()
print(f.__closure__[0].cell_contents, len(f.__closure__), f.__code__.co_freevars, cells.__code__.co_cellvars)
f.__closure__[0].cell_contents = 40
print(f())
print((lambda: 0).__closure__)


def arg_cell(a, *args, k=5, **kw):
    def f(): return a, args, k, kw
    a += 1
    return f


print(arg_cell(1, 2, k=3, z=4)())


def conditional(flag):
    if flag:
        v = "set"
    def f(): return v
    try:
        return f()
    except NameError as error:
        return str(error)


print(conditional(True), conditional(False))


def class_scope():
    v = "function"
    class A:
        v = "class"
        def m(self): return v
        w = v
        l = [v for _ in range(1)]
    return A().m(), A.w, A.l


print(class_scope())


def recursion():
    def fact(n): return 1 if n < 2 else n * fact(n - 1)
    return fact


print(recursion()(10))


def generators():
    total = 0
    def gen():
        nonlocal total
        for v in range(3):
            total += v
            yield total
    return list(gen()), total


print(generators())


def walrus():
    out = [y := v * 2 for v in range(3)]
    return out, y


print(walrus())


def exec_scope():
    v = 1
    exec("v = 2")
    return v, eval("v + 1")


print(exec_scope())


def deleted():
    v = 1
    def f(): return v
    del v
    try:
        return f()
    except NameError as error:
        return str(error)


print(deleted())


def default_evaluated():
    log = []
    def make(v):
        log.append(v)
        return v
    def f(a=make(1), *, b=make(2)): return a, b
    return f(), f(5), log


print(default_evaluated())


def mutable(item, into=[]):
    into.append(item)
    return into


print(mutable(1), mutable(2), mutable.__defaults__)
mutable.__defaults__ = ([9],)
print(mutable(3))
