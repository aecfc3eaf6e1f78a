"""What is looked at first where a slice is assigned to: the slice, then what is assigned, which may change the list."""


class Index:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        print("index", self.number)
        return self.number


def items(target, *values):
    print("items")
    target.clear()
    yield from values


for start, stop, step, value in [(0.5, None, None, 3), (0, 1, None, 3), (None, None, 2, 3), (None, None, 0, 3), (Index(1), Index(3), None, 5)]:
    numbers = [1, 2, 3, 4]
    try:
        numbers[start:stop:step] = value
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
numbers = [1, 2, 3, 4]
numbers[Index(1):Index(3)] = items(numbers, 7, 8)
print(numbers)
