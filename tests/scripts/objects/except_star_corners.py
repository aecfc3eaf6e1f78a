def attempt(go):
    try: print(go())
    except BaseException as e: print(type(e).__name__, e, getattr(e, 'exceptions', None))
def a():
    try: raise ExceptionGroup('g', [ValueError(1)])
    except* 5: pass
def b():
    try: raise ExceptionGroup('g', [ValueError(1)])
    except* (ValueError, str): pass
def c():
    try: raise ExceptionGroup('g', [ValueError(1)])
    except* ExceptionGroup: pass
def d():
    try: raise ExceptionGroup('g', [ValueError(1)])
    except* (ValueError, ExceptionGroup): pass
def e():
    try: raise ValueError(1)
    except* KeyError: pass
    else: pass
    finally: print('finally')
def f():
    try: raise ValueError(1)
    except* ValueError as g: raise SyntaxError('s') from g
def f2():
    try: raise ExceptionGroup('g', [ValueError(1), TypeError(2), OSError(3)])
    except* ValueError as g: raise SyntaxError('s')
    except* TypeError as g: raise KeyError('k')
def f3():
    try: raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError as g: raise SyntaxError('s')
def f4():
    try: raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError as g: raise
    except* TypeError as g: raise g.exceptions[0]
def f5():
    try: raise ExceptionGroup('g', [ValueError(1)])
    except* ValueError as g: raise SyntaxError('only')
for go in a, b, c, d, e, f, f2, f3, f4, f5: attempt(go)
try:
    try: raise ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [TypeError(2), ValueError(3)])])
    except* ValueError as g: print(repr(g), g.__traceback__ is not None, repr(g.__context__), repr(g.__cause__)); raise g
except BaseException as e: print(repr(e), repr(e.__context__))
class MyG(ExceptionGroup):
    def derive(self, excs): return MyG(self.message + '!', excs)
try:
    try: raise MyG('m', [ValueError(1), KeyError(2)])
    except* KeyError as k: print(type(k).__name__, k)
except BaseException as e: print(repr(e), type(e))
class NoD(ExceptionGroup): pass
g = NoD('n', [ValueError(1), KeyError(2)])
g.add_note('note'); g.__cause__ = OSError('c')
m, r = g.split(ValueError)
print(type(m), m.__notes__, m.__notes__ is g.__notes__, repr(m.__cause__), repr(r), m.__traceback__ is g.__traceback__)
print(g.split(lambda e: isinstance(e, NoD)), g.subgroup(KeyError), g.subgroup(OSError), g.derive([OSError(1)]))
g.__notes__ = 123
print(g.split(ValueError)[0].__dict__)
for bad in (5, 'x', int, [ValueError]): attempt(lambda: g.split(bad))
attempt(lambda: ExceptionGroup('x', []))
attempt(lambda: ExceptionGroup('x', 5))
attempt(lambda: ExceptionGroup('x', [5]))
attempt(lambda: ExceptionGroup(5, [ValueError()]))
attempt(lambda: ExceptionGroup('x'))
attempt(lambda: ExceptionGroup('x', [KeyboardInterrupt()]))
attempt(lambda: type(BaseExceptionGroup('x', [ValueError()])))
