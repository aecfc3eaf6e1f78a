"""Values out of literals, and the parameters of functions and of what is left of them."""
import ast
import inspect
from functools import partial

for text in (
    "1", "-1", "+1.5e3", "0x1F", "1_000", "'a'", "'a' 'b'", '"a\\n\\"b"', "b'x'", "r'\\n'", "'''x\ny'''", "(1,2)", "(1,)", "()", "(1)",
    "[1,[2,3],]", "{}", "{1:2,'a':[1]}", "{1,2}", "set()", "None", "True", "1+2j", "-1-2j", "...", "1,2", "1,", " 1", "[1,\n2]", "# c\n1", "1.",
    ".5", "1j", "rb'a'", "-(1)", "[-1,+2]",
):
    print(repr(text), repr(ast.literal_eval(text)))
for text in (
    "a", "1+1", "f()", "[a]", "", "1 2", "(", "[1", "{1:", "'a", "__import__('os')", "not 1", "lambda: 1", "f'a'", "1 if 1 else 2", "-'a'",
    "'a' b'b'", "[1 for x in y]", "a.b", "2**3",
):
    try:
        print(repr(ast.literal_eval(text)))
    except (ValueError, SyntaxError) as e:
        print(repr(text), type(e).__name__)


def function(a, b: int = 2, *c, d, e=3, **g) -> str: ...
def apart(a, /, b, *, k=1): ...
def two(x, y): ...


class Class:
    def __init__(self, w): ...
    def method(self, a, b=1): ...

    @classmethod
    def of_class(cls, q): ...

    @staticmethod
    def static(z=1): ...


for left in (
    partial(function, 1), partial(function, 1, 2, 3), partial(function, d=4), partial(function, a=1), partial(function, b=1, z=3),
    partial(apart, 1), partial(apart, b=2), partial(two, x=1), partial(partial(two, 1), 2), partial(two), partial(two, 1, 2, 3), partial(two, z=1),
):
    try:
        print(inspect.signature(left))
    except ValueError as e:
        print(type(e).__name__)
for whole in (
    function, apart, two, Class.method, Class(1).method, Class.of_class, Class.static, Class, lambda x=1: x, partial(function, 1), 3,
):
    try:
        spec = inspect.getfullargspec(whole)
        print(spec, spec.args, spec.varkw)
    except TypeError as e:
        print(e)
