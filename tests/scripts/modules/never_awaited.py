# A coroutine that is let go of before it began is warned of; one that ran, or was closed, is not.
import warnings
async def a(): return 1
class C:
    async def method(self): pass
def dropped():
    a()
    C().method()
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    dropped()
    c = a(); c.close(); del c
    c = a()
    try: c.send(None)
    except StopIteration as end: print('value', end.value)
    del c
    kept = [a() for _ in range(2)]
    kept.clear()
    async def outer(): a(); return await a()
    c = outer()
    try: c.send(None)
    except StopIteration as end: print('value', end.value)
    async def agen(): yield 1
    agen()
    (x for x in ())
print([(str(w.message), w.category.__name__, w.lineno) for w in log])
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    a()
