# reverse, copy, multiplication, repr, hash, and methods called on the class.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

items = [1, [2], 3]
shallow = items.copy()
shallow[1].append("x")
shallow.append(4)
print(items, shallow)
items.reverse()
print(items, [].reverse())
print([0] * 3, 2 * [1, 2], [1] * 0, [1] * -5, [[]] * 2)
row = [[0] * 2] * 2
row[0][0] = 1
print(row)
star = [1]
star *= 3
print(star)
star *= 0
print(star)
attempt(lambda: [1] * 1.5)
attempt(lambda: [1] * "a")
attempt(lambda: [1] * [2])
attempt(lambda: hash([]))
attempt(lambda: {[]: 1})
attempt(lambda: list.append(1, 2))
attempt(lambda: list.append())
attempt(lambda: list.nothing)
attempt(lambda: [].nothing)
print(list.append, [].append.__name__, list.append.__qualname__)
other = []
list.append(other, 5)
print(other, list.__len__(other), other.__len__(), other.__contains__(5), other.__getitem__(0))
print([1].__add__([2]), [1].__mul__(2), [1].__eq__([1]), [1].__eq__(1), [1].__lt__([2]), [3, 4].__iter__().__next__())
method = other.append
method(6)
method(7)
print(other, method.__self__ is other)
loop = [1]
loop.append(loop)
loop.append([loop])
print(loop, len(loop))
print(list(reversed([1, 2, 3])), [1, 2].__reversed__().__next__())
