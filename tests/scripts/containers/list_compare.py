# Comparisons of lists.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print([1, 2] == [1, 2], [1, 2] == [2, 1], [1] == [1.0], [1] == (1,), [] == [])
print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], [2] > [1, 9], [1, 2] <= [1, 2], [] < [0], [1] >= [1], [1, "a"] != [1, "b"])
attempt(lambda: [1, 2] < [1, "a"])
attempt(lambda: [1] < (1,))
attempt(lambda: [1] < 1)
nested = [[1, [2]], [3]]
print(nested == [[1, [2]], [3]], nested < [[1, [3]], []])
nan = float("nan")
print([nan] == [nan], nan == nan)
a = [1]
a.append(a)
print(a == a, a)

class Odd:
    def __eq__(self, other):
        return "yes"
    def __lt__(self, other):
        return []
print([Odd()] == [1], [Odd()] != [1], [Odd(), 1] < [Odd(), 2])
