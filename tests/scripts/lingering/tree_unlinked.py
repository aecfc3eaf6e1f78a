"""The same tree after `unlink()`: nothing lingers."""
from _tree import document


def play():
    root = document(3, 3)
    count = len(root.children)
    root.unlink()
    return count


print(play())
