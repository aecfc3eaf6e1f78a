"""A tree with parent links, dropped without `unlink()`: all of it lingers."""
from _tree import document


def play():
    root = document(3, 3)
    return len(root.children)


print(play())
