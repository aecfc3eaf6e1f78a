# A class whose method for += or *= declines: the builtin operator makes a new object then.
class A(list):
    def __iadd__(self, other): return NotImplemented
    def __imul__(self, other): return NotImplemented
x = A([1]); y = x
try:
    x += 1
except TypeError as e: print(e)
x += [2]; print(type(x).__name__, x, y)
z = A([3]); z *= 2; print(type(z).__name__, z)
class B(list): pass
w = B([1]); v = w; w += (2,); print(type(w).__name__, w is v, w)
