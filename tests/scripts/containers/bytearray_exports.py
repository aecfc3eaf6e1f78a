# A bytearray keeps its length while a view shows it.
def attempt(name, go):
    try: print(name, repr(go())[:40])
    except Exception as e: print(name, type(e).__name__, e)
b = bytearray(b'abc'); x = memoryview(b)
for name, go in dict(append=lambda: b.append(1), extend=lambda: b.extend(b'1'), pop=lambda: b.pop(), clear=lambda: b.clear(), sl=lambda: b.__setitem__(slice(0, 1), b'xx'), same=lambda: b.__setitem__(slice(0, 1), b'x'), delitem=lambda: b.__delitem__(0), iadd=lambda: b.__iadd__(b'1'), imul=lambda: b.__imul__(2), insert=lambda: b.insert(0, 1), remove=lambda: b.remove(98), item=lambda: b.__setitem__(0, 65), init=lambda: b.__init__(b'z'), reverse=lambda: b.reverse()).items(): attempt(name, go)
x.release(); b.append(1); print(b)
y = memoryview(b)[1:]; attempt('part', lambda: b.append(1)); del y; b.append(2); print(b)
w = memoryview(bytearray(b'abcdef'))
for key, value in ((0, 0), b'a'), ((0,), b'a'), (0.5, 1), (slice(0, 2), b'abc'), (1, b'a'), (1, 300), (99, 1), ('a', 1), (slice(0, 1, 0), b'a'), (..., 1):
    attempt(repr(key), lambda: w.__setitem__(key, value))
    attempt(repr(key), lambda: bytes(w[key]) if isinstance(key, slice) else w[key])
w.release()
attempt('len', lambda: len(w))
attempt('item', lambda: w[0])
