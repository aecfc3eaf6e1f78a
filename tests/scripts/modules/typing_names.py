"""Names, pickles and marks of hints, and what `from typing import *` brings."""
import pickle, typing, types
from typing import *
print(sorted(typing.__all__)==sorted(set(typing.__all__)), 'Any' in globals(), 'collections' in globals(), 'sys' in globals())
T=TypeVar('T'); Ts=TypeVarTuple('Ts'); P=ParamSpec('P'); N=NewType('N',int)
for x in (T,Ts,P,N,List,Union,Any,Optional):
    print(pickle.loads(pickle.dumps(x)) is x, getattr(x,'__name__',None), getattr(x,'__module__',None))
print(List[int].__name__, Dict[str,int].__qualname__, Union[int,str].__name__ if hasattr(Union[int,str],'__name__') else None, Tuple.__name__, Callable[[int],str].__name__, Literal[1].__name__, ClassVar[int].__name__)
@no_type_check
class C:
    x: 'nothing'
    def f(self, y: 'nothing'): pass
    class D:
        z: 'nothing'
print(get_type_hints(C), get_type_hints(C.f), get_type_hints(C.D), C.f.__no_type_check__)
@no_type_check_decorator
def deco(f): return f
@deco
def g(x:'no'): pass
print(get_type_hints(g))
print(P.args, P.kwargs, P.args==P.args, P.args==P.kwargs, P.args.__origin__ is P, isinstance(P.args,ParamSpecArgs))
print(issubclass(int,SupportsBytes), isinstance(b'',SupportsBytes), isinstance(1j,SupportsComplex), isinstance(1,SupportsInt), isinstance(1.0,SupportsIndex))
class G(Generic[T]): pass
print(G[int], G[int].__origin__, G.__parameters__, G[int]().__orig_class__, G.__orig_bases__)
print(list(List[int]))
