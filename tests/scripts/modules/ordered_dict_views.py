"""Views of an OrderedDict that holds them, and copies with attributes."""
import copy
from collections import OrderedDict, deque
class D(deque): pass
class O(OrderedDict): pass
for c in (OrderedDict,O,D):
    o=c([(1,2)]); o.x=['x']
    print(o.__reduce__()[:3] if c is not D else o.__reduce__()[:2])
    print(o.__reduce_ex__(4)[2])
    d=copy.copy(o); print(d, getattr(d,'x',None))
    d=copy.deepcopy(o); print(d, getattr(d,'x',None))
od=OrderedDict.fromkeys('abc'); od['x']=od.values(); print(repr(od)); od['y']=od; print(od)
od['z']=od.items(); print(od)
for k in reversed(od.keys()): print(k)
print(list(reversed(OrderedDict(a=1,b=2).items())), OrderedDict(a=1).items(), OrderedDict(a=1).keys(), OrderedDict(a=1).values())
print(OrderedDict(a=1).items() == {'a':1}.items(), OrderedDict(a=1).keys() & {'a'}, len(OrderedDict(a=1).values()), ('a',1) in OrderedDict(a=1).items())
