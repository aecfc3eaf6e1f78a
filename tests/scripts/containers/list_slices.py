# Reading and writing slices.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

items = list(range(10))
for part in (slice(2, 5), slice(None, 3), slice(7, None), slice(None), slice(None, None, -1), slice(-3, None), slice(8, 2, -2),
             slice(5, 2), slice(-100, 100), slice(None, None, 3), slice(100, None), slice(None, None, -100)):
    print(part, items[part])
def assign(items, part, value):
    items[part] = value
    return items
attempt(lambda: assign(list(range(5)), slice(1, 3), "abcd"))
attempt(lambda: assign(list(range(5)), slice(1, 3), []))
attempt(lambda: assign(list(range(5)), slice(4, 1), "xy"))
attempt(lambda: assign(list(range(5)), slice(None, None, 2), "abc"))
attempt(lambda: assign(list(range(5)), slice(None, None, 2), "ab"))
attempt(lambda: assign(list(range(5)), slice(None, None, -1), "abcde"))
attempt(lambda: assign(list(range(5)), slice(0, 0), range(3)))
attempt(lambda: assign(list(range(5)), slice(1, 2), 5))
attempt(lambda: assign(list(range(5)), 2, "two"))
attempt(lambda: assign(list(range(5)), 5, "two"))
attempt(lambda: [1, 2][::0])
attempt(lambda: [1, 2]["a"])
attempt(lambda: [1, 2][1.0])
attempt(lambda: [1, 2][None:"a"])
attempt(lambda: [1, 2][5])
attempt(lambda: [1, 2][-3])
mine = [1, 2, 3]
mine[:] = mine[::-1]
print(mine)
mine[1:1] = mine
print(mine)

class Index:
    def __index__(self):
        return 1
print([10, 20, 30][Index()], [10, 20, 30][Index():], [1, 2][True])
