# Declared slots beside a dict, what makes layouts conflict, and what __slots__ refuses.
import copy


class Plain:
    pass


class WithSlot(Plain):
    __slots__ = ("m",)


thing = WithSlot()
thing.m = 5
thing.n = 6
print(thing.__dict__, vars(thing), thing.m)
del thing.m
print(thing.__dict__, hasattr(thing, "m"))
for attempt in (lambda: thing.m, lambda: delattr(thing, "m")):
    try:
        attempt()
    except AttributeError as error:
        print(error)
thing.m = 9
twin = copy.copy(thing)
print(twin.m, twin.n, twin.__dict__, thing.__reduce_ex__(2)[2])
thing.__dict__ = {"other": 1}
print(thing.m, thing.other, sorted(thing.__dict__))


class A:
    __slots__ = ("a",)


class B:
    __slots__ = ("b",)


class Text(str):
    pass


class IntOne(int):
    pass


class IntTwo(int):
    pass


def attempt(name, bases, space):
    try:
        made = type(name, bases, space)
        print(name, made.__mro__[1].__name__)
    except (TypeError, ValueError) as error:
        print(name, type(error).__name__, error)


attempt("two_slots", (A, B), {})
attempt("dict_twice", (Plain,), {"__slots__": ("__dict__",)})
attempt("weakref_twice", (Plain,), {"__slots__": ("__weakref__",)})
attempt("again", (A,), {"__slots__": ("__dict__", "__dict__")})
attempt("of_int", (IntOne,), {"__slots__": ("x",)})
attempt("of_int_first", (Plain, IntOne), {"__slots__": ("x",)})
attempt("of_type", (type,), {"__slots__": ("x",)})
attempt("empty_of_tuple", (tuple,), {"__slots__": ()})
attempt("two_ints", (IntOne, IntTwo), {})
attempt("one_int", (IntOne, Plain), {})
attempt("int_and_text", (IntOne, Text), {})
attempt("not_a_name", (A,), {"__slots__": ("a b",)})
attempt("not_a_text", (A,), {"__slots__": (1,)})
attempt("conflict", (A,), {"__slots__": ("x",), "x": 1})
