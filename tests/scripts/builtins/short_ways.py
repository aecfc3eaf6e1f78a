# What loops, tables and formats do by short ways, and where these must give way to the general ones.
it=iter([1,2,3,4,5])
for a,b in zip(it,it): print(a,b)
print(list(it))
x=iter([1,2,3]); y=iter([9])
for a,b,c in zip(x,y,x): print(a,b,c)
print(list(x), list(y))
x=iter([1,2,3,4]); y=iter([9])
for a,b in zip(x,y): print(a,b)
print(list(x))
for a,b,c in zip([1,2],(3,4),range(5)): print(a,b,c)
for (a,b),c in zip([(1,2)],[3]): print(a,b,c)
print(f"{5:05d} {-5:05} {5:>5} {5:<5}| {5.5:.2f} {-0.0:.1f} {'ab':>5} {'ab':^5}| {2.5:08.2f} {'%.2f|%5d|%s' % (3.14159, 4, 'x')}")
d={1:2}; d.update({3:4, 1:5}); print(d, {"t":1, **d}, bytes([1,2]), set("hello")=={"h","e","l","o"})
from itertools import chain
print(list(chain.from_iterable([[1],(2,3),{4:5},"ab",[]])), list(chain([1,2],iter([3]),(4,))))
for i,(k,v) in enumerate({"a":1,"b":2}.items(),5): print(i,k,v)
d={1:1,2:2}
try:
    for k in d: d[k+10]=1
except RuntimeError as e: print(e)
s={1,2}
try:
    for k in s: s.add(k+10)
except RuntimeError as e: print(e)
l=[1,2,3]
for x in reversed(l):
    print(x)
    if x==3: l.append(4)
print(2**100-2**99, 2**100//3, -(2**100)//7, (2**100)%1000, 2**100 & 2**99-1, 2**100>>90, 1<<100, 5*2**70, True+2**70, 2**70/2**69, 2**70**1, 1.5+2**70, 2**64 == 2**64)
