"""Coroutines that are awaited twice, sent to, thrown into and left: what happens, and what is said."""
import types,sys
def t(f,*a):
    try: print(f(*a))
    except BaseException as e: print(type(e).__name__, e)
async def c(): return 1
class A:
    def __init__(s,r): s.r=r
    def __await__(s): return s.r
async def m(x): return await x
def run(co):
    try:
        while True: co.send(None)
    except StopIteration as e: return e.value
co=c(); t(run,m(A(co))); co.close()
t(run,m(A(5))); t(run,m(A([]))); t(run,m(A(iter([])))); t(run,m(5)); t(run,m(None))
@types.coroutine
def g(): 
    x=yield 1
    return x
t(run,m(g()))
async def waiter(co): await co
co=None
async def w2():
    await aw
async def slow(): await g()
aw=slow(); k=w2(); k.send(None)
k2=w2(); t(k2.send,None); k.close(); k2.close()
co=c(); run(co); t(co.send,None); t(run,m(co))
async def ag():
    yield 1
    yield 2
a=ag(); t(a.asend(5).send,None)
n=a.__anext__(); t(n.send,None); t(n.send,None)
async def f():
    return [x async for x in ag()], {x async for x in ag() if x>1}, {x:1 async for x in ag()}, await anext(ag()), await anext(ag(),9)
print(run(f()))
async def f2():
    async for x in 5: pass
t(run,f2())
async def f3():
    async with 5: pass
t(run,f3())
class AM:
    async def __aenter__(s): return 1
    async def __aexit__(s,*a): print('exit',a[0]); return True
async def f4():
    async with AM() as z: print(z); 1/0
    return 'done'
t(run,f4())
class AI:
    def __aiter__(s): return 5
async def f5():
    async for x in AI(): pass
t(run,f5())
class AI2:
    def __aiter__(s): return s
    def __anext__(s): return 5
async def f6():
    async for x in AI2(): pass
t(run,f6())
co=c(); print(co.cr_await, co.cr_running, co.cr_frame is not None, co.cr_origin, co.__name__, co.__qualname__); co.close(); print(co.cr_frame)
co=c(); t(co.throw,ValueError('x')); t(co.throw,ValueError); co=c(); t(co.throw,ValueError,'y'); co=c(); t(co.throw,5); co.close()
def gen():
    try: yield 1
    except GeneratorExit: print('ge'); yield 2
x=gen(); next(x); t(x.close)
def gen2():
    return (yield from gen3())
def gen3():
    try: yield 1
    finally: print('fin')
x=gen2(); next(x); x.close()
x=gen2(); next(x); t(x.throw,KeyError('k'))
def rec():
    yield next(r)
r=rec(); t(next,r)
t(lambda: (yield_ for yield_ in 5))
def gs():
    yield 1
x=gs(); t(x.send,5); next(x); t(next,x); t(next,x,'d'); t(x.send,None); print(x.gi_frame, x.gi_running, x.gi_yieldfrom)
def ret(): 
    return 5
    yield
try: next(ret())
except StopIteration as e: print(e.value, e.args)
def si():
    raise StopIteration('s')
    yield
t(list,si())
async def sa(): raise StopIteration
t(run,sa())
def deleg():
    r=yield from [1,2]; print('r',r)
    r=yield from ret(); print('r',r)
    yield from 'ab'
print(list(deleg()))
