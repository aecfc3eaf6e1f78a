"""Who called, where from, and in what state a generator is."""
import functools
import inspect
import sys


def who(depth=0):
    frame = inspect.stack()[1 + depth]
    return frame.function, frame.lineno, frame.code_context[0].strip(), frame.index


def caller(value):
    return who()


print(caller(1))
print([record.function for record in inspect.stack()])


def told(a, b=2, *rest, c, **more):
    local = 1
    return inspect.getargvalues(inspect.currentframe())


values = told(1, 3, 4, c=5, d=6)
print(values.args, values.varargs, values.keywords, sorted(values.locals))
info = inspect.getframeinfo(inspect.currentframe())
print(info.function, info.lineno, info.code_context, info.index)
try:
    caller()
except TypeError:
    print([(record.function, record.lineno) for record in inspect.trace()])


def numbers():
    yield inspect.getgeneratorstate(running)


running = numbers()
print(inspect.getgeneratorstate(running), next(running), inspect.getgeneratorstate(running), inspect.getgeneratorlocals(running))
print(list(running), inspect.getgeneratorstate(running))


async def task():
    pass


coroutine = task()
print(inspect.getcoroutinestate(coroutine))
coroutine.close()
print(inspect.getcoroutinestate(coroutine))
print(inspect.getsource(caller), inspect.getsourcelines(task))
for thing in 5, int:
    try:
        inspect.getfile(thing)
    except TypeError as error:
        print(error)


def outer():
    kept = 3

    def inner(x):
        return kept + len(x) + values_of + unknown

    return inner


values_of = 4
print(inspect.getclosurevars(outer()))
print(sorted(inspect.getcallargs(told, 1, c=2).items()), inspect.getcallargs(caller, value=3))


class Base:
    def method(self):
        """Said above."""


class Heir(Base):
    def method(self):
        pass

    @property
    def size(self) -> "int":
        pass


print(inspect.getdoc(Heir.method), inspect.getdoc(Heir().method), inspect.getdoc(Heir))
print(inspect.get_annotations(Heir.size.fget), inspect.get_annotations(Heir.size.fget, eval_str=True), inspect.get_annotations(Heir))
print(inspect.isgeneratorfunction(functools.partial(numbers)), inspect.isframe(sys._getframe()), inspect.getmodule(sys) is sys)
