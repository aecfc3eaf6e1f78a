# global, nonlocal, del, class scopes, comprehension scopes, walrus.
x = "global"
def read():
    return x
def write():
    global x
    x = "written"
print(read()); write(); print(x)
def local_before_assignment():
    try:
        print(x)
        x = 1
    except UnboundLocalError as error:
        print(error)
local_before_assignment()
def deleted():
    y = 1
    del y
    try:
        return y
    except UnboundLocalError as error:
        return str(error)
print(deleted())
try:
    del never_defined
except NameError as error:
    print(error)
def conditional(flag):
    if flag:
        z = 1
    try:
        return z
    except UnboundLocalError as error:
        return str(error)
print(conditional(True), conditional(False))
def outer():
    v = 1
    def middle():
        def inner():
            nonlocal v
            v += 1
        inner()
        return v
    return middle(), v
print(outer())
print([x for x in range(3)], x, {k: v for k, v in [(1, 2)]}, [[y for y in range(x)] for x in range(3)])
if (n := len("walrus")) > 3:
    print(n)
print([last := i for i in range(3)], last, (w := 5) + w)
def walrus():
    total = 0
    values = [total := total + i for i in range(4)]
    while (chunk := values[:1]):
        values = values[1:]
    return total, chunk
print(walrus())
class C:
    a = 1
    b = [a for _ in range(1)] if False else a + 1
    def m(self):
        return C.a
    c = (lambda: 5)()
    for i in range(3):
        pass
    del a
print(C.b, C.c, C.i, hasattr(C, "a"))
def shadow(list):
    return list
print(shadow(5), list((1,)))
def default(a, b=[], c=x):
    return a, b, c
x = "later"
print(default(1))
def nested_comp():
    a = 2
    return [[a * b for b in range(c)] for c in range(3)], [lambda: a, a][0]()
print(nested_comp())
def loop_variable():
    for q in range(3):
        pass
    return q
print(loop_variable())
def except_variable():
    try:
        raise ValueError("v")
    except ValueError as e:
        kept = e
    try:
        e
    except UnboundLocalError as error:
        return str(kept), str(error)
print(except_variable())
def star_global():
    global made_here, and_here
    made_here, and_here = 1, 2
star_global()
print(made_here, and_here)
__private = "module"
class Mangled:
    __x = 1
    def get(self):
        return self.__x, Mangled.__x
    def __hidden(self):
        return "hidden"
    def call(self):
        return self.__hidden()
print(Mangled().get(), Mangled().call(), Mangled._Mangled__x, [n for n in vars(Mangled) if "hidden" in n])
