def attempt(go):
    try: print(repr(go()))
    except Exception as e: print(type(e).__name__, e)
for base, arg in (list, 'iterable'), (tuple, 'iterable'), (set, 'iterable'), (frozenset, 'iterable'), (float, 'x'), (bytearray, 'source'), (enumerate, 'iterable'), (bytes, 'source'), (str, 'object'), (int, 'x'), (complex, 'real'), (zip, 'x'), (map, 'x'), (filter, 'x'), (range, 'x'), (reversed, 'x'), (slice, 'x'), (bool, 'x'):
    attempt(lambda: type(base(**{arg: b'12'})).__name__)
    attempt(lambda: base(foo=1))
for base in list, tuple, set, frozenset, float, enumerate, reversed, zip, map, filter:
    args = {list: ([1, 2],), tuple: ([1, 2],), set: ([1],), frozenset: ([1],), float: (2.5,), enumerate: ('ab',), reversed: ('ab',), zip: ([1], [2]), map: (len, ['ab']), filter: (None, [1, 0])}[base]
    class Plain(base): pass
    attempt(lambda: Plain(*args, foo=1))
    class WithInit(base):
        def __init__(self, *a, newarg=None): self.newarg = newarg
    attempt(lambda: WithInit(*args, newarg=3).newarg)
    class WithNew(base):
        def __new__(cls, *a, newarg=None):
            self = super().__new__(cls, *a); self.newarg = newarg; return self
    attempt(lambda: WithNew(*args, newarg=3).newarg)
    attempt(lambda: [*Plain(*args)] if base is not float else Plain(*args))
class MyEnum(enumerate): pass
print(type(MyEnum('abc')).__name__, list(MyEnum('abc')), next(MyEnum('abc', 5)))
attempt(lambda: int.__new__(bool, 0))
attempt(lambda: bool.__new__(bool, 0))
attempt(lambda: object.__new__(int))
attempt(lambda: object.__new__(list))
attempt(lambda: list.__new__(dict))
attempt(lambda: dict.__new__(list))
attempt(lambda: tuple.__new__(str))
attempt(lambda: int.__new__(5))
attempt(lambda: int.__new__())
class L2(list): pass
attempt(lambda: object.__new__(L2))
attempt(lambda: list.__new__(L2))
attempt(lambda: int(memoryview(b'12')))
import array
attempt(lambda: int(array.array('b', b'12')))
attempt(lambda: int(bytearray(b'12')))
attempt(lambda: float(memoryview(b'12')))
attempt(lambda: float(bytearray(b'1.5')))
class Idx:
    def __index__(self): return 7
print(int(Idx()), float(Idx()), round(Idx().__index__(), -1), complex(Idx()))
attempt(lambda: round(123456789, -10)); attempt(lambda: round(8979323, -7)); attempt(lambda: round(3141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117067982148086513282306647093844609550582231725359408128481117450284102701938521105559644622948954930381964428810975665933446128475648233786783165271201909145648566923460348610454326648213393607260249141273724587, -308))
for v in 15, 25, -15, 1250, 350: print(round(v, -1), round(v, -2), end=' ')
print()
