# The arguments of a code object.
import inspect


def draw(x, y=1, /, z=2, *points, colour, width=1, **options):
    scale = 1


for function in (draw, lambda: 0, lambda *rest: rest, lambda **named: named):
    print(inspect.getargs(function.__code__))
