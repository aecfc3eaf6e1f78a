"""Heirs of sets keep their members in a pickle and in a copy, and so do sets of weak references and deques that hold themselves."""
import collections
import copy
import pickle
class S(set): pass
class F(frozenset): pass
class SL(set): __slots__=('x','__dict__')
for k in (S,F,SL):
    s=k([1,2,3]); s.x=5; s.y=[1] 
    for p in range(6):
        t=pickle.loads(pickle.dumps(s,p)); print(sorted(t),type(t).__name__,t.x,t.y,t==s)
    c=copy.copy(s); print(sorted(c),c.x,c.y is s.y)
    d=copy.deepcopy(s); print(sorted(d),d.x,d.y is s.y)
    print(s.__reduce__()[0].__name__, sorted(s.__reduce__()[1][0]), len(s.__reduce__()))
s=S(); print(pickle.loads(pickle.dumps(s)), copy.copy(s))


class Line(collections.deque):
    pass


line = Line([1, 2], maxlen=3)
line.tag = "t"
line.append(line)
for protocol in range(6):
    back = pickle.loads(pickle.dumps(line, protocol))
    print(len(back), back[2] is back, back.maxlen, back.tag, type(back).__name__)
print(collections.deque([1]).__reduce__()[:3], collections.deque([1], 4).__reduce__()[:3], list(list[int]), list(tuple[int, str]))
print(pickle.loads(pickle.dumps(list[int])), copy.copy(dict[str, int]), next(iter(list[int])).__unpacked__, list[int].__unpacked__)
