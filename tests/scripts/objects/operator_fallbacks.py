# Operators: NotImplemented on both sides, in-place forms, comparisons that fall back.
def show(make):
    try:
        shown = repr(make())
        print("object" if " at 0x" in shown else shown)
    except Exception as error:
        print(type(error).__name__, error)


class L:
    def __add__(self, o): return ("L.add", type(o).__name__)
    def __radd__(self, o): return ("L.radd", type(o).__name__)
    def __lt__(self, o): return ("L.lt", type(o).__name__)
    def __eq__(self, o): return NotImplemented
class N:
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
    def __gt__(self, o): return NotImplemented
    def __iadd__(self, o): return NotImplemented
class S(L):
    def __radd__(self, o): return ("S.radd", type(o).__name__)
    def __gt__(self, o): return ("S.gt", type(o).__name__)
class I(int):
    def __add__(self, o): return ("I.add", o)
    def __radd__(self, o): return ("I.radd", o)
    def __rsub__(self, o): return NotImplemented
class T(str):
    def __mod__(self, o): return ("T.mod", o)
    def __rmod__(self, o): return ("T.rmod", o)
    def __eq__(self, o): return "T.eq"
    def __hash__(self): return 1
class Seq:
    def __getitem__(self, i): return [1, 2, 3][i]
    def __len__(self): return 3


for text in ["L() + 1", "1 + L()", "L() + S()", "S() + L()", "L() + L()", "N() + N()", "N() + 1", "1 + N()", "N() + L()", "L() + N()", "L() < 1", "1 > L()", "L() < S()", "S() > L()", "N() < N()", "N() < 1", "1 < N()", "L() > 1", "L() == 1", "L() != 1", "N() <= N()",
             "I(1) + 1", "1 + I(1)", "1.5 + I(1)", "I(1) - 1", "1 - I(3)", "I(1) + I(2)", "'%s' % T('a')", "T('%s') % 'a'", "T('a') == 'a'", "'a' == T('a')", "'a' != T('a')", "[] + L()", "'a' + L()", "'a' + N()", "[] + N()", "() + N()", "[1] * N()", "N() * [1]", "2 ** N()", "N() @ N()", "-N()", "~N()", "+N()", "abs(N())",
             "N()[0]", "N()()", "len(N())", "iter(N())", "list(Seq())", "2 in Seq()", "5 in Seq()", "list(reversed(Seq()))", "N() in [N]", "1 in N()", "divmod(N(), 1)", "pow(N(), 1)", "pow(1, N(), 3)", "N() if N() else 0", "not N()", "N() and 1", "hash(L())", "{L(): 1}", "round(N())", "int(N())", "float(N())", "complex(N())", "bytes(N())", "range(N())", "[1][N()]", "'a' * N()", "N() << 1", "1 | N()", "{1} | N()", "{} | N()", "None + 1", "1 + None", "None < None", "... == ...", "[1] < (1,)", "{} < {}", "1 < 'a'", "object() < object()", "int < str", "len < len", "1j < 1", "slice(1) < slice(2)"]:
    print(text, end=" -> ")
    show(lambda: eval(text))


def change(text):
    names = dict(globals())
    try:
        exec(text, names)
        print(text, "->", "object" if " at 0x" in repr(names["x"]) else names["x"])
    except Exception as error:
        print(text, "->", type(error).__name__, error)


class In:
    def __init__(self, v=0): self.v = v
    def __iadd__(self, o): self.v += o; return self
    def __imul__(self, o): return ("imul", o)
    def __repr__(self): return f"In({self.v})"


for text in ["x = In(); x += 5", "x = In(); x *= 5", "x = In(); x -= 5", "x = L(); x += 5", "x = 5; x += L()", "x = N(); x += 1", "x = (1,); x += (2,)", "x = (1,); x += [2]", "x = [1]; x += (2,)", "x = 'a'; x += 1", "x = 1; x += 'a'", "x = 1; x //= 0", "x = 1; x <<= -1", "x = 2; x **= -1", "x = 1; x @= 1", "x = [1]; x *= 2.0", "x = {1}; x |= [2]", "x = {}; x |= [(1, 2)]", "x = b'a'; x += bytearray(b'b')", "x = None; x += 1", "x = 3; x %= 0", "x = 7.5; x //= 2", "x = True; x += True", "x = 5; x &= 1.0", "x = 'ab'; x *= -1"]:
    change(text)
