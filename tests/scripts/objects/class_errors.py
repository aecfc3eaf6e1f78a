# Errors of attribute access, of calls of constructors and of methods.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

class A:
    def __init__(self, x):
        self.x = x
    def m(self, a, b=1, *, c):
        return a, b, c
class Plain:
    pass
attempt(lambda: A())
attempt(lambda: A(1, 2))
attempt(lambda: A(y=1))
attempt(lambda: A(1, x=2))
attempt(lambda: Plain(1))
attempt(lambda: Plain(x=1))
attempt(lambda: A(1).m())
attempt(lambda: A(1).m(1))
attempt(lambda: A(1).m(1, 2, 3, c=4))
attempt(lambda: A(1).m(1, d=5, c=6))
attempt(lambda: A.m(1))
attempt(lambda: A(1).y)
attempt(lambda: A.y)
attempt(lambda: A(1)())
attempt(lambda: A(1)[0])
attempt(lambda: A[0])
attempt(lambda: A(1) + 1)
attempt(lambda: -A(1))
attempt(lambda: A(1) < A(2))
attempt(lambda: len(A(1)))
attempt(lambda: iter(A(1)))
attempt(lambda: 1 in A(1))
attempt(lambda: int(A(1)))
attempt(lambda: [1][A(1)])
attempt(lambda: A(1) @ A(2))
class Init:
    def __init__(self):
        return 5
attempt(lambda: Init())
class New:
    def __new__(cls):
        return 5
print(New())
def with_object(x):
    with x:
        pass
attempt(lambda: with_object(A(1)))
def set_item():
    A(1)[0] = 1
attempt(set_item)
def del_item():
    del A(1)[0]
attempt(del_item)
def set_builtin():
    int.x = 1
attempt(set_builtin)
def set_instance():
    (5).x = 1
attempt(set_instance)
def set_object():
    object().x = 1
attempt(set_object)
def del_attr():
    del A(1).zzz
attempt(del_attr)
attempt(lambda: type("X", (A, bool), {}))
attempt(lambda: object.__new__(int))
attempt(lambda: object.__new__())
attempt(lambda: object.__new__(5))
attempt(lambda: object(1))
attempt(lambda: type(None)(1))
