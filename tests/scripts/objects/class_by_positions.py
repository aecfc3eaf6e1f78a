class M(type):
    def __getitem__(cls, i):
        if i > 2:
            raise IndexError(i)
        return i * 10
class B(metaclass=M):
    pass
print([*B], list(B), B[1])
for x in B:
    print(x)
try:
    list(int)
except TypeError as e:
    print(e)
class C:
    def __class_getitem__(cls, i): return i
try:
    list(C)
except TypeError as e:
    print(e)
print(20 in B)
