# A key that is equal to nothing, not even to itself, is one group where it is one object.
from itertools import groupby, tee

nan = float("nan")
print([(key, list(group)) for key, group in groupby([nan, nan, 1, nan])])
print([(key, list(group)) for key, group in groupby([float("-inf"), 7.0], key=lambda value: value % 3)])
print([key for key, _ in groupby([nan, nan, 2, 2, nan])])
print(sum(1 for _ in groupby([float("nan"), float("nan")])))
for key, group in groupby([nan, nan, 5], key=lambda value: (value,)):
    print(key, next(group), [list(copy) for copy in tee(group)])


class Never:
    def __eq__(self, other):
        return False

    def __repr__(self):
        return "never"


never = Never()
print([(key, len(list(group))) for key, group in groupby([never, never, Never()])])
print(len(list(groupby([never, never]))), nan in [nan], len({nan: 1, nan: 2}), len({nan, nan}))
