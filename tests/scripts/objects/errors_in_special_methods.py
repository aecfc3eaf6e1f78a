# An error in a special method comes out of whatever called it.
def attempt(act):
    try:
        print(act())
    except BaseException as error:
        print(type(error).__name__, error)

class E:
    def __bool__(self): raise ValueError("bool")
    def __len__(self): raise ValueError("len")
    def __iter__(self): raise ValueError("iter")
    def __contains__(self, x): raise ValueError("contains")
    def __hash__(self): raise ValueError("hash")
    def __eq__(self, o): raise ValueError("eq")
    def __repr__(self): raise ValueError("repr")
    def __str__(self): raise ValueError("str")
    def __getitem__(self, k): raise ValueError("getitem")
    def __setitem__(self, k, v): raise ValueError("setitem")
    def __delitem__(self, k): raise ValueError("delitem")
    def __call__(self): raise ValueError("call")
    def __enter__(self): raise ValueError("enter")
    def __exit__(self, *a): raise ValueError("exit")
    def __index__(self): raise ValueError("index")
    def __add__(self, o): raise ValueError("add")
    def __lt__(self, o): raise ValueError("lt")
    def __format__(self, s): raise ValueError("format")
e = E()
for f in (lambda: not e, lambda: len(e), lambda: list(e), lambda: 1 in e, lambda: {e}, lambda: {e: 1}, lambda: hash(e), lambda: [e] == [1], lambda: repr(e), lambda: str(e), lambda: print(e), lambda: [e].__repr__(), lambda: e[0], lambda: e(), lambda: [1][e], lambda: e + 1, lambda: sorted([e, e]), lambda: f"{e}", lambda: "%s" % e, lambda: [1, 2].index(e), lambda: e in [1], lambda: max(e, e), lambda: sum(e), lambda: dict([(e, 1)]), lambda: set([e]), lambda: tuple(e), lambda: enumerate(e), lambda: zip(e), lambda: map(len, e), lambda: iter(e), lambda: "".join(e), lambda: all(e), lambda: any([e]), lambda: list(filter(None, [e])), lambda: bool(e), lambda: int(e), lambda: range(e), lambda: [*e], lambda: {**e}, lambda: (lambda *a: a)(*e), lambda: isinstance(e, E), lambda: [1,2,3][:e], lambda: [0] * e, lambda: bytes(e), lambda: print(1, sep=e), lambda: abs(e), lambda: round(1.5, e)):
    attempt(f)
def w():
    with e: pass
attempt(w)
def si(): e[0] = 1
attempt(si)
def di(): del e[0]
attempt(di)
