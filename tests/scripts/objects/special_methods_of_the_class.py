# Special methods that are static or class methods, and operators that see them.
class C:
    @staticmethod
    def __sub__(other): return ("sub", other)
    @classmethod
    def __add__(cls, other): return ("add", cls.__name__, other)
    @staticmethod
    def __getattr__(name): return ("attribute", name)
    @staticmethod
    def __getitem__(key): return ("item", key)
    @staticmethod
    def __setitem__(key, value): print("set item", key, value)
    @staticmethod
    def __delitem__(key): print("delete item", key)
    @classmethod
    def __call__(cls, *args): return ("call", args)
    @staticmethod
    def __len__(): return 4
    @staticmethod
    def __contains__(item): return item == 3
    @staticmethod
    def __iter__(): return iter([1, 2])
    @staticmethod
    def __repr__(): return "REPR"
    @staticmethod
    def __hash__(): return 5
    @staticmethod
    def __eq__(other): return "equal"
    @staticmethod
    def __lt__(other): return "less"
    @staticmethod
    def __bool__(): return False
    @staticmethod
    def __neg__(): return "negative"
    @staticmethod
    def __enter__(): return "entered"
    @staticmethod
    def __exit__(*info): print("exit", info)


c = C()
print(c - 1, c + 1, c.attr, c[3], c(1, 2), len(c), 3 in c, list(c), repr(c), hash(c), c == 4, c < 4, bool(c), -c)
c[1] = 2
del c[1]
with c as entered:
    print(entered)


class Numbers(map):
    def double(self):
        return [item * 2 for item in self]


class Pairs(zip):
    pass


class Counted(enumerate):
    pass


class Kept(filter):
    pass


class Back(reversed):
    pass


print(Numbers(abs, [-1, 2]).double(), list(Pairs([1], [2])), list(Counted("ab")), list(Kept(None, [0, 1])), list(Back([1, 2])))
print(type(Counted("ab")).__name__, next(Pairs([1], [2])), isinstance(Back([]), reversed))


class Quiet(Exception):
    def __new__(cls, *args):
        return 1


try:
    raise Quiet
except TypeError as error:
    print(error)


# BaseException's way to set attributes comes before that of a class behind it.
class Loud:
    def __setattr__(self, name, value):
        print("loud", name)


class Both(ValueError, Loud):
    pass


Both().x = 1
print(object.__ne__(c, c), ....__repr__(), LookupError.__str__(KeyError("k")), str(KeyError("k")))
print(range(1, 9, 2).__reduce__())
