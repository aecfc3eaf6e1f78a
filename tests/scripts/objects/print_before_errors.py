"""What print writes before a value whose text fails, or prints something itself, stays in order; half a container is not written."""


class Loud:
    def __str__(self):
        print("(making text)")
        return "loud"


class Broken:
    def __repr__(self):
        raise ValueError("no text")


print("before", Loud(), "after", Loud(), sep=" | ")
for values in ([1, Broken()],), ("kept", Broken()), ("a", "b", {"k": Broken()}), (1, 2.5, None, (Broken(),)):
    try:
        print(*values)
    except ValueError as error:
        print()
        print("failed:", error)
