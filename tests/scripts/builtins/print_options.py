# print: separators, ends, files, objects with __str__.
class File:
    def __init__(self):
        self.parts = []
    def write(self, text):
        self.parts.append(text)
    def flush(self):
        self.parts.append("<flush>")

def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print()
print(1, "a", None, [1, "b"], sep="-")
print("no newline", end="")
print("!", end=" end\n")
print("a", "b", sep="", end="\n\n")
print("x", "y", sep=None, end=None)
f = File()
print("to", "file", 3, file=f)
print("flushed", end="", file=f, flush=True)
print(file=f)
print(f.parts)
class Shown:
    def __str__(self):
        return "shown"
    def __repr__(self):
        return "represented"
print(Shown(), [Shown()], (Shown(),), {1: Shown()})
attempt(lambda: print("a", sep=1))
attempt(lambda: print("a", end=b"x"))
attempt(lambda: print("a", wrong=1))
attempt(lambda: print("a", file=5))
class Bad:
    def __str__(self):
        return 5
attempt(lambda: print(Bad()))
class Raises:
    def __str__(self):
        raise KeyError("inside")
attempt(lambda: print("before", Raises()))
print("done", flush=True)
