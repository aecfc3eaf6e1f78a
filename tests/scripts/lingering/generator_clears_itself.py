"""The outer function is itself a generator which sets its own locals to None once drained: nothing lingers."""


def numbers(limit):
    def count(at):
        if at < limit:
            yield at
            yield from count(at + 1)

    yield from count(0)
    count = None


print(list(numbers(4)))
