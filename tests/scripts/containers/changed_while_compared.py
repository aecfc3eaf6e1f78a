# Containers that a script's own comparison or hash changes on the way, and what asks for a hash only once.
def attempt(go):
    try: print(go())
    except Exception as e: print(type(e).__name__, e)
class Clears:
    def __init__(self, name): self.name = name
    def __eq__(self, other): lists[self.name].clear(); return NotImplemented
lists = {name: [Clears(name)] for name in 'abc'}
print(lists['a'] == lists['b'], lists['a'], lists['b'])
print(lists['c'] == [1], lists['c'])
class Key:
    def __hash__(self): return 0
    def __eq__(self, other): other_dict.clear(); return False
other_dict = {number: 0 for number in range(1, 50)}
other_dict[Key()] = 0
d = {Key(): 0, 1: 1}
attempt(lambda: d.update(other_dict))
class Counted:
    def __init__(self): self.hashes = self.equals = 0
    def __hash__(self): self.hashes += 1; return 42
    def __eq__(self, other): self.equals += 1; return self is other
first, second = Counted(), Counted()
y = {first: 5}
y.setdefault(second, [])
print(first.hashes, second.hashes, first.equals + second.equals)
class Mine(enumerate): pass
e = Mine('ab')
print(iter(e) is e, list(e), [*Mine('xy', 3)])
from collections import OrderedDict
import copy
class Cache(OrderedDict):
    def __init__(self, size): super().__init__(); self.size, self.log = size, []
    def __getitem__(self, key): self.log.append(('get', key)); value = super().__getitem__(key); self.move_to_end(key); return value
    def __setitem__(self, key, value):
        self.log.append(('set', key))
        while key not in self and len(self) >= self.size: self.popitem(last=False)
        super().__setitem__(key, value)
        self.move_to_end(key)
    def __delitem__(self, key): self.log.append(('del', key)); super().__delitem__(key)
c = Cache(2)
for number in range(4): c[number] = number * 10
print(list(c), c.log); c[2]; print(list(c), c.pop(3), c.pop(9, None), c.popitem(), c.log)
class Missing(OrderedDict):
    def __missing__(self, key): return 0
attempt(lambda: Missing(a=1).pop('z')); print(Missing(a=1)['z'], Missing(a=1).pop('a', 6))
class NoUpdate(OrderedDict):
    def update(self, *args, **kwargs): raise Exception('update')
print(NoUpdate([('a', 1)]))
od = OrderedDict(a=[1]); od.x = ['attribute']
twin, deep = copy.copy(od), copy.deepcopy(od)
print(twin, twin.x is od.x, deep, deep.x, deep.x is od.x, type(od.copy()))
