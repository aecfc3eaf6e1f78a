# An iterator over an instance of a subclass of a container keeps the instance, even if only a cycle holds it otherwise.
import gc
class Node(list):
    def __init__(self, name, parent=None):
        super().__init__()
        self.name, self.parent = name, parent
        if parent is not None:
            parent.append(self)
def tree():
    root = Node("root")
    for i in range(3):
        Node(f"kid {i}", root)
    return root
for kid in tree():
    gc.collect()
    print(kid.name, kid.parent.name, len(kid.parent))
walker = reversed(tree())
gc.collect()
print([kid.name for kid in walker])
class Table(dict):
    pass
def table():
    t = Table(a=1, b=2)
    t["self"] = t
    return t
keys, items = iter(table()), iter(table().items())
view = table().values()
gc.collect()
print(list(keys), len(list(items)), list(view)[:2])
class Bag(set):
    pass
def bag():
    b = Bag([1, 2, 3])
    b.me = b
    return b
members = iter(bag())
gc.collect()
print(sorted(members))
class Row(tuple):
    pass
def row():
    r = Row(([], 2))
    r[0].append(r)
    return r
cells = iter(row())
gc.collect()
first = next(cells)
print(len(first), first[0][1], next(cells), next(cells, "end"))
