"""A factory returns the function, a second function calls and drains it. It lingers, and no code runs in the factory's
scope to clear it."""


def make():
    def count(at):
        if at < 4:
            yield at
            yield from count(at + 1)

    return count


def drain():
    count = make()
    return list(count(0))


print(drain())
