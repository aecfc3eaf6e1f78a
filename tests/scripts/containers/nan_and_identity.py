# What containers mean by equal: the same object first, then ==.
nan = float("nan")


class Never:
    def __eq__(self, other): return False
    def __hash__(self): return 1


never = Never()
print(nan == nan, nan in [nan], [nan] == [nan], (nan,) == (nan,), {nan: 1} == {nan: 1}, [nan].index(nan), [nan].count(nan), {nan} == {nan})
print(never == never, never in [never], [never] == [never], {never: 1} == {never: 1}, [never].index(never), Never() in [never], {never} == {never})
print([1, nan] < [1, nan], [1, nan] <= [1, nan], (nan, 1) < (nan, 2), max([nan, 1]) is nan, min([1, nan]), sorted([2, 1]) == [1, 2])
print([0] == [False], [1] == [1.0], (1, "a") == (True, "a"), {1: "a"} == {1.0: "a"}, {1} == {True}, "a" in ["a"], 1 in {True: 0}, [] in [[]], [[]] == [()])
