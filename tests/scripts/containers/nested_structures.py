# Containers inside of containers: walking, changing, comparing, printing.
tree = {"name": "root", "kids": [{"name": "a", "kids": []}, {"name": "b", "kids": [{"name": "c", "kids": []}]}]}
def names(node, depth=0):
    yield "  " * depth + node["name"]
    for kid in node["kids"]:
        yield from names(kid, depth + 1)
print("\n".join(names(tree)))
def count(node):
    return 1 + sum(count(kid) for kid in node["kids"])
print(count(tree))
matrix = [[1, 2, 3], [4, 5, 6]]
print([list(row) for row in zip(*matrix)], [x for row in matrix for x in row if x % 2], {i: row[::-1] for i, row in enumerate(matrix)})
flat = lambda x: [y for item in x for y in (flat(item) if isinstance(item, list) else [item])]
print(flat([1, [2, [3, [4, []]]], 5]))
groups = {}
for word in "the quick brown fox jumps over the lazy dog".split():
    groups.setdefault(len(word), []).append(word)
print(groups, sorted(groups.items(), key=lambda kv: (-len(kv[1]), kv[0])))
inverse = {}
for key, values in groups.items():
    for value in values:
        inverse[value] = key
print(inverse)
print({(x, y): x * y for x in range(3) for y in range(x)}, [(a, b) for a, b in {"k": "v"}.items()])
a = [1, (2, {"k": [3]})]
b = [1, (2, {"k": [3]})]
print(a == b, a is b, a[1][1]["k"] is b[1][1]["k"])
b[1][1]["k"].append(4)
print(a == b, a, b)
print({frozenset({1, 2}): {"x": {1: {2: {3: ()}}}}})
