"""A factory of trees that makes its own like."""

from collections import defaultdict
def go():
    def tree():
        return defaultdict(tree)
    t = tree()
    t["a"]["b"]["c"] = 1
go()
