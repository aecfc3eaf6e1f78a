# Walking a list while it changes, and iterators after their end.
items = [1, 2, 3]
for item in items:
    if item < 5:
        items.append(item + 2)
print(items)
items = [1, 2, 3, 4, 5, 6]
for item in items:
    if item % 2 == 0:
        items.remove(item)
    print(item, end=" ")
print(items)
walker = iter(items)
print(next(walker), list(walker), list(walker))
items.append(7)
print(next(walker, "over"))
back = reversed([1, 2, 3])
print(next(back), list(back), list(back))
shrinking = [1, 2, 3, 4]
backwards = reversed(shrinking)
print(next(backwards))
shrinking.clear()
print(list(backwards))
a, *b, c = [1, 2, 3, 4]
print(a, b, c)
try:
    a, b = [1, 2, 3]
except ValueError as error:
    print(error)
try:
    a, b, c = [1]
except ValueError as error:
    print(error)
try:
    a, *b, c = [1]
except ValueError as error:
    print(error)
print(iter([]).__length_hint__(), iter([1, 2]).__length_hint__())
