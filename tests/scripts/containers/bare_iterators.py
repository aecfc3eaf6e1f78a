# Iterators without `__iter__`: what walks over them does not ask for one again.
class Steps:
    def __init__(self):
        self.left = 3

    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise StopIteration
        return self.left


class Walk:
    def __iter__(self):
        return Steps()


print(list(Walk()), tuple(Walk()), [*Walk()], sum(Walk()), sorted(Walk()), max(Walk()), 1 in Walk(), 7 in Walk())
a, b, c = Walk()
print(a, b, c, dict(zip(Walk(), Walk())))
