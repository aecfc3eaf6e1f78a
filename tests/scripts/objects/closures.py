# Closures: cells, nonlocal, late binding, cell attributes.
def counter(start=0):
    n = start
    def up(by=1):
        nonlocal n
        n += by
        return n
    def get():
        return n
    return up, get
up, get = counter(10)
print(up(), up(5), get(), counter()[0]())
print([f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]])
print(up.__closure__[0].cell_contents, up.__code__.co_freevars, get.__closure__[0] is up.__closure__[0])
up.__closure__[0].cell_contents = 100
print(get(), type(up.__closure__[0]).__name__)
def unbound():
    def inner():
        return later
    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    try:
        inner.__closure__[0].cell_contents
    except ValueError as error:
        print(error)
    later = 5
    print(inner())
    del later
    try:
        inner()
    except NameError as error:
        print(error)
    try:
        print(later)
    except UnboundLocalError as error:
        print(error)
unbound()
def deep(a):
    def two(b):
        def three(c):
            nonlocal a
            a = a + b + c
            return a
        return three
    return two
t = deep(1)(2)
print(t(3), t(3))
x = "global"
def scopes():
    x = "outer"
    def read():
        return x
    def use_global():
        global x
        return x
    class C:
        x = "class"
        y = x
        def method(self):
            return x
    return read(), use_global(), C.y, C().method()
print(scopes())
def loop():
    fs = []
    for i in range(3):
        def f(j):
            return i * 10 + j
        fs.append(f)
    return [f(1) for f in fs]
print(loop())
def recursive(n):
    def fact(k):
        return 1 if k == 0 else k * fact(k - 1)
    return fact(n)
print(recursive(20))
def comp():
    y = 2
    return [x * y for x in range(3) if x != y], {x: (lambda: x + y)() for x in range(2)}, sum(a * y for a in (1, 2))
print(comp())
def shared():
    v = []
    return lambda x: v.append(x), lambda: v
add, read = shared()
add(1); add(2)
print(read())
