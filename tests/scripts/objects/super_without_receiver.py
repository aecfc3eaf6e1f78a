# super with one argument is bound by hand, or by being an attribute.
class A:
    def f(self): return "A.f"
class B(A):
    def f(self): return "B.f"
    def g(self): return self.__super.f()


B._B__super = super(B)
b = B()
print(b.g())
s = super(B)
print(s.__get__(b, B).f(), s.__thisclass__.__name__, s.__self__)
try:
    s.f
except AttributeError as error:
    print(error)
for make in [lambda: super(5), lambda: super(B, 5), lambda: super(B, A()), lambda: super(B, int)]:
    try:
        make()
    except TypeError as error:
        print(error)
print(super(B, b).f(), super(B, B).f(b), super(A, b).__init__() is None)


class Meta(type):
    def make(cls): return "Meta.make"
class C(metaclass=Meta):
    @classmethod
    def make(cls): return "C.make " + super(C, cls).__getattribute__("__name__")


print(type(C).make(C))
