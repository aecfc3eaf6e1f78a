"""A recursive generator function made inside a function that returns it running, and drained: three objects linger."""


def numbers():
    def count(at):
        if at < 4:
            yield at
            yield from count(at + 1)

    return count(0)


print(list(numbers()))
