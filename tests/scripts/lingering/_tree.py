"""A document tree with links to the parent, in the shape of a DOM."""


class Node:
    def __init__(self, name):
        self.name = name
        self.parent = None
        self.children = []

    def append(self, child):
        child.parent = self
        self.children.append(child)
        return child

    def unlink(self):
        self.parent = None
        for child in self.children:
            child.unlink()
        self.children = []


def document(width, depth):
    root = Node("document")
    level = [root]
    for number in range(depth):
        level = [node.append(Node(f"n{number}")) for node in level for _ in range(width)]
    return root
