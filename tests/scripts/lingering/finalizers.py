"""Objects with finalizers in a cycle linger like any others: no count of theirs reaches zero."""


class Pair:
    def __init__(self):
        self.other = None

    def __del__(self):
        pass


def play():
    left, right = Pair(), Pair()
    left.other, right.other = right, left
    return left.other is right


print(play())
