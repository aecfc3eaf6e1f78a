"""Parameters and signatures that a script makes itself, and what is refused."""
from inspect import Parameter, Signature, signature, unwrap


def f(a, /, b: int = 1, *args, c, d=2, **kw) -> str:
    pass


whole = signature(f)
a, b, args, c, d, kw = whole.parameters.values()
print(b.replace(default=Parameter.empty), b.replace(annotation=str), c.replace(name="e"), whole.replace(return_annotation=Signature.empty))
for make in (
    lambda: Parameter("1x", Parameter.KEYWORD_ONLY), lambda: Parameter(5, Parameter.KEYWORD_ONLY), lambda: Parameter("if", Parameter.KEYWORD_ONLY),
    lambda: Parameter("x", 7), lambda: Parameter("x", Parameter.VAR_POSITIONAL, default=1), lambda: Signature([c, a]), lambda: Signature([b, b]),
    lambda: Signature([b, b.replace(name="z", default=Parameter.empty)]), lambda: whole.bind(), lambda: whole.bind(1, 2, 3), lambda: whole.bind(1, c=1, a=2),
):
    try:
        print(make())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(whole == signature(f), hash(whole) == hash(signature(f)), whole == Signature(), Signature.from_callable(f) == whole)
print(Signature([c, d]) == Signature([d, c]), Signature([a, b]) == Signature([a]))
bound = whole.bind(1, 2, 3, c=4, e=5)
print(bound == whole.bind(1, 2, 3, c=4, e=5), bound.args, bound.kwargs, bound)
print([str(kind) + " " + kind.description for kind in (a.kind, b.kind, args.kind, c.kind, kw.kind)])


def g():
    pass


g.__wrapped__ = g
try:
    unwrap(g)
except ValueError as error:
    print(str(error).partition(" at ")[0])
