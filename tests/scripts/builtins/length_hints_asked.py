"""What makes a list or tuple of an object asks for its length first, which scripts see."""
class A:
    def __iter__(self): print('iter'); return iter([1,2])
    def __len__(self): print('len'); return 2
for f in (list,tuple,sorted,set,frozenset,sum,max,dict.fromkeys,bytes,bytearray,lambda x:[*x],lambda x:(*x,),lambda x:{*x},lambda x:print(*x),lambda x:','.join(map(str,x)),lambda x:[i for i in x],lambda x:[0].extend(x),lambda x: list(zip(x,x)),any,lambda x:__import__('collections').deque(x), lambda x: __import__('collections').Counter(x), lambda x: [].__iadd__(x), bool, lambda x: list(map(str,x)), lambda x: list(filter(None,x)), lambda x: [9,*x][0:0], min, all):
    try: print(f(A()))
    except Exception as e: print(type(e).__name__,e)
x,y=A(); a,*b=A(); print(x,y,a,b)
L=[1,2,3]; L[1:2]=A(); print(L)
class B:
    def __init__(self,h): self.h=h
    def __iter__(self): return self
    def __next__(self): raise StopIteration
    def __length_hint__(self): print('hint'); return self.h
for h in (1,-1,'a',NotImplemented,2.0):
    for f in (list,tuple,lambda x:[*x]):
        try: print(f(B(h)))
        except Exception as e: print(type(e).__name__,e)
class C(B):
    def __length_hint__(self): raise TypeError('t')
print(list(C(1)))
class D(B):
    def __length_hint__(self): raise ValueError('v')
try: list(D(1))
except ValueError as e: print(e)
class E(B):
    def __len__(self): raise TypeError('no len')
    def __length_hint__(self): print('then hint'); return 1
print(list(E(1)))
