# yield from: delegation of next, send, throw, close and results.
def inner():
    try:
        while True:
            try:
                got = yield "ready"
                print("inner got", got)
                if got == "end":
                    return "inner result"
            except KeyError as error:
                print("inner caught", error)
                yield "recovered"
    finally:
        print("inner done")
def outer():
    result = yield from inner()
    print("outer got", result)
    yield from [1, 2]
    yield from (x * 10 for x in range(2))
    return "outer result"
o = outer()
print(next(o), o.send("x"), o.throw(KeyError("k")), next(o))
print(o.gi_yieldfrom.__name__)
print(o.send("end"), next(o), next(o), next(o))
try:
    next(o)
except StopIteration as stop:
    print(stop.value)
o = outer()
next(o)
o.close()
o = outer()
next(o)
try:
    o.throw(ValueError("through"))
except ValueError as error:
    print("came out", error)
class Iter:
    def __init__(self):
        self.n = 0
    def __iter__(self):
        return self
    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration("from class")
        return self.n
    def send(self, value):
        return ("sent", value)
    def throw(self, error):
        return ("thrown", type(error).__name__)
    def close(self):
        print("class close")
def over():
    result = yield from Iter()
    print("result", result)
d = over()
print(next(d), d.send("v"), d.throw(ValueError("e")), next(d), next(d, "end"))
d = over()
next(d)
d.close()
def plain():
    yield from [1, 2]
p = plain()
next(p)
try:
    p.send("x")
except AttributeError as error:
    print(error)
try:
    list((lambda: (yield from 5))())
except TypeError as error:
    print(error)
def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)
print(list(tree(3)))
def chain(*its):
    for it in its:
        yield from it
print(list(chain("ab", [1], chain((2,), {3: 4}))))
