import dataclasses, typing, typing as T, types
from dataclasses import dataclass, field, InitVar, KW_ONLY, MISSING, is_dataclass
from typing import ClassVar as CV
print(repr(MISSING).split(' at ')[0], repr(KW_ONLY).split(' at ')[0])
for text in 'typing.ClassVar', 'typing .ClassVar[str]', 'typing. ClassVar[str]', 'typing.ClassVar.[int]', 'typing.ClassVar+', 'CV', 'CV[int]', 'T.ClassVar', 'ClassVar', 'typing.ClassVarx', 'dataclasses.InitVar', 'dataclasses .InitVar[int]', 'InitVar', 'InitVar+', 'dataclasses.InitVar.[int]', 'int', '', '[', 'typing.', ' int':
    namespace = {'__annotations__': {'x': text}, '__module__': __name__}
    try:
        C = dataclass(type('C', (), namespace))
        print(text, [f.name for f in dataclasses.fields(C)], [f._field_type for f in C.__dataclass_fields__.values()])
    except Exception as e: print(text, type(e).__name__, e)
class A(types.GenericAlias):
    origin: type
A = dataclass(A)
print(is_dataclass(A), is_dataclass(list[int]))
import functools
@functools.singledispatch
def f(x): return 'any'
@f.register
def _(x: typing.Union[int, str]): return 'union'
@f.register
def _(x: typing.Optional[float]): return 'optional'
@f.register
def _(x: list | dict): return 'new union'
print([f(v) for v in (1, 'a', 1.5, None, [], {}, ())])
@functools.lru_cache(maxsize=2)
def g(x): return x
g(1); g(1); print(g.cache_info() == functools._CacheInfo(1, 1, 2, 1), g.cache_info())
import copy
class R:
    def __reduce_ex__(self, proto): return (R, (), None, None, None, lambda *a: None)
try: copy.copy(R())
except TypeError as e: print(e)
