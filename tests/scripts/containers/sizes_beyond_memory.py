# What can never fit into memory is a MemoryError, at once.
def attempt(act):
    try:
        print(act())
    except BaseException as error:
        print(type(error).__name__, error)

attempt(lambda: [0] * (10**18))
attempt(lambda: "a" * (10**18))
attempt(lambda: (0,) * (10**18))
attempt(lambda: bytearray(10**18))
attempt(lambda: range(10**20)[10**19])
attempt(lambda: len(range(-10**20, 10**20)))
