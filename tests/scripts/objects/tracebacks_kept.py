import sys, traceback
def attempt(go):
    try: print(go())
    except Exception as e: print(type(e).__name__, e)
try: 1 / 0
except ZeroDivisionError as e:
    tb = e.__traceback__
    print(tb is e.__traceback__, sys.exc_info()[2] is tb, e.with_traceback(tb) is e, e.__traceback__ is tb, tb == e.__traceback__)
    print(tb.tb_next, tb.tb_lineno, type(tb.tb_frame).__name__)
    saved = e
def thrower(): raise ValueError(1)
try: thrower()
except ValueError as e: tb2 = e.__traceback__
print(saved.__traceback__ is tb)
saved.__traceback__ = tb2
print(saved.__traceback__ is tb2, saved.__traceback__.tb_next.tb_lineno)
saved.__traceback__ = None
print(saved.__traceback__)
attempt(lambda: setattr(saved, '__traceback__', 5))
attempt(lambda: saved.with_traceback(5))
attempt(lambda: delattr(saved, '__traceback__'))
attempt(lambda: setattr(saved, '__cause__', 5))
attempt(lambda: setattr(saved, '__context__', 5))
attempt(lambda: delattr(saved, '__cause__'))
attempt(lambda: delattr(saved, '__context__'))
attempt(lambda: delattr(saved, 'args'))
attempt(lambda: setattr(saved, 'args', 5))
attempt(lambda: setattr(saved, 'args', [1, 2]) or saved.args)
class Boom(Exception): pass
def inner(): raise Boom('x')
def middle():
    try: inner()
    except Boom as e:
        first = e.__traceback__
        try: raise
        except Boom as again: print(again.__traceback__.tb_next is not None, len(traceback.extract_tb(again.__traceback__)))
        raise e
try: middle()
except Boom as e: print(len(traceback.extract_tb(e.__traceback__)), [f.lineno for f in traceback.extract_tb(e.__traceback__)])
attempt(lambda: (_ for _ in ()).throw(ValueError('t'), None, 5))
class Cause:
    def __new__(cls): return 5
class Bad(Exception):
    def __new__(cls, *a): return 5
def r1(): raise IndexError from Bad
def r2(): raise Bad
def r3(): raise Exception from 5
def r4(): raise Exception from str
def r5(): raise 5
def r6(): raise str
for r in r2, r3, r4, r5, r6: attempt(r)
class BE(BaseException):
    def __init__(self): raise MemoryError('in init')
def r7(): raise BE
def r8(): raise KeyError from BE
try: r7()
except MemoryError as e: print('mem', e)
try: r8()
except MemoryError as e: print('mem', e, repr(e.__context__))
