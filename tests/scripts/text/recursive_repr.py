# repr of containers that contain themselves, and of deep ones.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

items = [1]
items.append(items)
print(items, [items])
table = {}
table["self"] = table
table["list"] = [table]
print(table)
pair = ([],)
pair[0].append(pair)
print(pair, pair[0])
a, b = [], []
a.append(b)
b.append(a)
print(a, b, [a, b])
print([items, items])

class Node(list):
    pass

node = Node()
node.append(node)
print(node)
mixed = {"k": (items, table)}
print(str(mixed))
print(repr(table.values()), repr(table.keys()))
deep = []
for _ in range(100000):
    deep = [deep]
attempt(repr, deep)
attempt(str, deep)
