# staticmethod and classmethod.
class A:
    @staticmethod
    def s(x):
        """doc of s"""
        return ("static", x)
    @classmethod
    def c(cls, x=1):
        """doc of c"""
        return (cls.__name__, x)
    @classmethod
    @property
    def p(cls):
        return "property of " + cls.__name__
class B(A):
    pass
print(A.s(1), A().s(2), A.c(), A().c(3), B.c(), B().c(5), B.p)
print(A.c.__self__ is A, B.c.__self__ is B, A.c.__func__.__name__, A.s.__doc__, A.c.__doc__, type(A.__dict__["s"]).__name__, type(A.__dict__["c"]).__name__)
print(A.__dict__["s"](7), A.__dict__["s"].__func__ is A.s, A.__dict__["s"].__wrapped__.__name__, A.__dict__["c"].__name__)
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
attempt(lambda: A.__dict__["c"](1))
attempt(lambda: staticmethod())
attempt(lambda: classmethod(1, 2))
attempt(lambda: A.s())
attempt(lambda: A.c(1, 2))
free = staticmethod(len)
print(free([1, 2]))
A.late = staticmethod(lambda: "late")
A.late_class = classmethod(lambda cls: cls.__name__)
print(A.late(), A().late(), B.late_class())
print(A.__dict__["c"].__get__(None, B)(8), A.__dict__["s"].__get__(1)(9))
class Factory:
    made = []
    def __init__(self, name):
        self.name = name
        self.made.append(name)
    @classmethod
    def many(cls, *names):
        return [cls(name) for name in names]
print([f.name for f in Factory.many("a", "b")], Factory.made)
