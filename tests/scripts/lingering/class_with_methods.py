"""The same as a class with methods: nothing lingers."""


class Numbers:
    def __init__(self, limit):
        self.limit = limit

    def count(self, at):
        if at < self.limit:
            yield at
            yield from self.count(at + 1)


def drain():
    return list(Numbers(4).count(0))


print(drain())
