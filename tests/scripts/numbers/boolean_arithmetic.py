# Truth values as numbers, and what turns into a truth value.
class NoBool:
    def __bool__(self): return 1
class ByLength:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
class Both(ByLength):
    def __bool__(self): return True


for text in ["True + True", "True * 5", "True / 2", "True // 1", "-True", "+True", "~True", "not True", "True & True", "True | 2", "True ^ True", "True << 3", "True == 1", "True is 1 == 1", "True < 2", "[10, 20][True]", "'ab' * True", "sum([True, False, True])", "True.real", "True.bit_length()", "str(True)", "int(True)", "float(True)", "f'{True:d} {True:5} {True!r}'", "'%d %s' % (True, True)", "bool('')", "bool('False')", "bool(0.0)", "bool(-0.0)", "bool(1e-300)", "bool(float('nan'))", "bool([[]])", "bool({})", "bool(None)", "bool(...)", "bool(NotImplemented)", "bool(ByLength(0))", "bool(ByLength(3))", "bool(ByLength(-1))", "bool(ByLength('a'))", "bool(Both(0))", "bool(NoBool())", "not NoBool()", "1 if NoBool() else 2", "bool(1, 2)", "bool(x=1)", "True()", "True[0]", "True.x", "isinstance(True, int)", "type(True).__mro__[1].__name__", "bool.__bases__", "hash(True)", "{True: 1}[1.0]", "max(True, 2)", "True and 'x'", "False or []", "0 or None or ()", "1 and 2 and 3", "not []", "True if [] else False", "bool.from_bytes(b'a', 'big')", "True.conjugate()", "divmod(True, 2)", "pow(2, True)", "round(True)", "abs(False)", "range(True)", "bin(True)", "chr(True)", "complex(True)", "True == 'True'", "None == False", "None is None"]:
    try:
        print(text, "=", repr(eval(text)))
    except Exception as error:
        print(text, "!", type(error).__name__, error)
