"""What a traceback marks under an operator whose operands stand in parentheses."""
import sys
import traceback


def a():
    return (2) / (0)


def b(x=1, y=0):
    return (x + y) / y


def c(x=1, y=0):
    return x/(y)


def d(x=1, y=0):
    return ((x))//y


def e(x=1):
    return (x, x) + 1


def f(x="a"):
    return x + ( 1 )


def g(x=1, y=0):
    return x * (x) % (y) + 1


def h(x=1, y=0):
    return ( x ) % y


def i(x=1, y=0):
    return (x)/(y)


def j(x=1, y=0):
    return (x).real / (y).real


def k(x="s"):
    return "(" + x - 1


def l(x=2):
    return (v for v in x) + (x)


for function in (a, b, c, d, e, f, g, h, i, j, k, l):
    try:
        function()
    except Exception:
        text = traceback.format_exception(*sys.exc_info()[:2], sys.exc_info()[2].tb_next)
        print("".join(line.split("\n", 1)[-1] for line in text))
