# The order in which operands, arguments, keys and targets are evaluated.
log = []
def n(x):
    log.append(x)
    return x
def done(label):
    print(label, log)
    log.clear()
n(1) + n(2) * n(3); done("arithmetic")
[n(1), n(2)][n(0)]; done("subscript")
{n("k"): n("v"), n("k2"): n("v2")}; done("dict")
(lambda *a, **k: 0)(n(1), *[n(2)], x=n(3), **{"y": n(4)}); done("call")
d = {}
d[n("key")] = n("value"); done("item")
n(1) if n(0) else n(2); done("conditional")
n(1) < n(2) < n(3); done("chain")
class C: pass
c = C()
def get(x):
    log.append("get " + x)
    return c
get("target").attr = n("value"); done("attribute")
x, d[n("t")] = n(1), n(2); done("tuple")
def f(a=n("default1"), b=n("default2")): pass
done("defaults")
f(n("a"), b=n("b")); done("call f")
f"{n(1)}{n(2):{n(3)}}"; done("fstring")
[n(i) for i in [n(5), n(6)]]; done("comprehension")
{n(i): n(i * 10) for i in (1, 2)}; done("dict comprehension")
a = [0, 0]
a[n(0)] += n(5); done("augmented")
n([1, 2])[n(0):n(1)]; done("slice")
n(0) or n(0) or n(3); done("or")
n(1) and n(0) and n(3); done("and")
not n(1); done("not")
del d[n("key")]; done("del")
class D(n(C), metaclass=n(type)):
    n("body")
done("class")
n("obj").upper().join(n(["a"])); done("method")
print(n(1), n(2), sep=n("-")); done("print")
lambda q=n("lambda default"): n("not now"); done("lambda")
assert n(1), n("not evaluated"); done("assert")
y = z = n("multi"); done("chained assignment")
(n(1), n(2)) == (n(1), n(3)); done("compare")
