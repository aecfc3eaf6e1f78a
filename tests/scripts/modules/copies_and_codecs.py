import copy, re, types
class B(bytearray): pass
class BS(bytearray): __slots__ = ('x', '__dict__')
for cls in B, BS:
    b = cls(b'abcd'); b.x = [1]; b.y = 2
    for twin in copy.copy(b), copy.deepcopy(b): print(type(twin).__name__, twin, twin == b, twin.x, twin.x is b.x, twin.y, twin is b)
for value in int | str, list[int], [1], (1, [2]), {1: 2}, {3}, frozenset([4]), bytearray(b'5'), 'x', 5, None, range(6), slice(1, 2): print(copy.copy(value) == value, copy.deepcopy(value) == value, type(copy.copy(value)).__name__)
for text in 'abc', '\xe9\u20ac\U0001f600', 'a\\b', '\\u0041', 'a\\\\u0041\n':
    raw = text.encode('raw_unicode_escape'); print(raw, raw.decode('raw_unicode_escape') == text, text.encode('unicode_escape'))
for data in rb'\u0041', rb'\\u0041', rb'\U0001f600', b'\xe9', rb'\u00', rb'\U00110000', b'\\', rb'\x41':
    try: print(data.decode('raw-unicode-escape'))
    except UnicodeDecodeError as e: print(e)
s = re.Scanner([(r'[a-zA-Z_]\w*', lambda s, t: t), (r'\d+\.\d*', lambda s, t: float(t)), (r'\d+', lambda s, t: int(t)), (r'=|\+|-|\*|/', lambda s, t: 'op' + t), (r'\s+', None)])
print(s.scan('sum = 3*foo + 312.50+bar')); print(s.scan('a ? b'))
for bad in 5, None:
    try: types.coroutine(bad)
    except TypeError as e: print(e)
async def co(): pass
print(types.coroutine(co) is co)
