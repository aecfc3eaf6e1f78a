# Making lists: the constructor, displays, comprehensions, stars.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print([], list(), [1, "a", None], list("abc"), list(range(4)))
print(list((1, 2)), list({1: 2, 3: 4}), list({5}), list(x * x for x in range(4)))
print([*range(3), *"xy", 9], [[i * j for j in range(3)] for i in range(3)])
source = [1, 2]
copy = list(source)
copy.append(3)
print(source, copy, source is copy)
attempt(lambda: list(1))
attempt(lambda: list(1, 2))
attempt(lambda: list(x=1))
again = [1, 2, 3]
again.__init__("xy")
print(again)
again.__init__()
print(again)
