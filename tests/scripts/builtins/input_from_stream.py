"""`input` reads what a script has put in the place of `sys.stdin`."""
import io
import sys

sys.stdin = io.StringIO("first\n\nthird")
print([input("> "), input(), input("")])
try:
    input()
except EOFError as error:
    print(repr(error))


class Lines:
    def __init__(self, *lines):
        self.lines = list(lines)

    def readline(self):
        return self.lines.pop(0)


sys.stdin = Lines("a b\n", "", 5)
print(input("words: ").split())
for _ in range(2):
    try:
        input()
    except (EOFError, TypeError) as error:
        print(repr(error))
out, sys.stdout = sys.stdout, io.StringIO()
sys.stdin = io.StringIO("x\n")
answer = input("prompt ")
sys.stdout, shown = out, sys.stdout.getvalue()
print(repr(shown), repr(answer))
