"""What a finalized object held is finalized before the next one that waits."""
import weakref


class Part:
    def __init__(self, name, held=None):
        self.name, self.held = name, held

    def __del__(self):
        print("del", self.name)


parts = [Part("a", Part("a.held", Part("a.held.held"))), Part("b", Part("b.held")), Part("c")]
refs = [weakref.ref(part, lambda ref: print("dead", ref() is None)) for part in parts]
parts.clear()
print("cleared")
chain = None
for number in range(5):
    chain = Part(number, chain)
refs.append(weakref.ref(chain, lambda ref: print("chain is dead")))
chain = None
print("end")
