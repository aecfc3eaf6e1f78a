# map and filter are lazy.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(map(max, [1, 5], [4, 2], [3, 3])), list(map(len, [])))
print(list(filter(None, [0, 1, "", "a", None])), list(filter(lambda x: x % 2, range(6))), list(filter(str.isdigit, "a1b2")), list(filter(bool, [0, 2])))
def loud(x):
    print("call", x)
    return x * 2
m = map(loud, [1, 2, 3])
print("made")
print(next(m), next(m))
print(list(m), list(m))
f = filter(loud, [0, 1])
print(list(f))
attempt(lambda: map())
attempt(lambda: map(str))
attempt(lambda: map(str, 5))
attempt(lambda: list(map(5, [1])))
attempt(lambda: list(map(lambda a: a, [1], [2])))
attempt(lambda: filter(str))
attempt(lambda: filter(str, 5))
attempt(lambda: list(filter(5, [1])))
def fail(x):
    if x == 2:
        raise ValueError(x)
    return x
m = map(fail, [1, 2, 3])
print(next(m))
attempt(lambda: next(m))
print(next(m), next(m, "end"))
def stop(x):
    if x == 2:
        raise StopIteration
    return x
print(list(map(stop, [1, 2, 3])))
print(type(m).__name__, iter(m) is m, type(f).__name__)
