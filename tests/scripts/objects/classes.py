# Classes: attributes, methods, inheritance, names.
class Animal:
    """An animal."""
    count = 0
    def __init__(self, name, *, sound="..."):
        self.name = name
        self.sound = sound
        Animal.count += 1
    def speak(self):
        return f"{self.name} says {self.sound}"
    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"
class Dog(Animal):
    def __init__(self, name):
        super().__init__(name, sound="woof")
    def speak(self):
        return super().speak() + "!"
class Puppy(Dog):
    def speak(self):
        return super().speak().lower()
pets = [Animal("Cow"), Dog("Rex"), Puppy("Bit")]
for pet in pets:
    print(pet, pet.speak(), isinstance(pet, Dog), pet.count)
print(Animal.__doc__, Dog.__doc__, Dog.__name__, Dog.__qualname__, Dog.__module__, Dog.__bases__, Puppy.__mro__)
print(Animal.speak.__name__, Dog.__init__.__qualname__, Animal.__dict__["count"], "speak" in Puppy.__dict__)
pets[0].count = 99
print(pets[0].count, Animal.count, pets[0].__dict__)
del pets[0].count
print(pets[0].count)
Animal.speak = lambda self: "replaced"
print(pets[0].speak(), pets[1].speak())
Animal.extra = property(lambda self: self.name * 2)
print(pets[1].extra)
def method(self, x):
    return (self.name, x)
Dog.method = method
print(pets[1].method(5), Dog.method(pets[2], 6))
bound = pets[2].speak
pets[2].name = "Changed"
print(bound(), bound.__self__ is pets[2], bound.__func__ is Puppy.speak, bound == pets[2].speak, bound is pets[2].speak)
class Outer:
    class Inner:
        def f(self):
            class Local:
                pass
            return Local
print(Outer.Inner.__qualname__, Outer.Inner().f().__qualname__, Outer.Inner.f.__qualname__)
class Scope:
    x = 1
    y = [n for n in range(x)]
    z = x + 1
    def get(self):
        try:
            return x
        except NameError as error:
            return str(error)
print(Scope.y, Scope.z, Scope().get())
