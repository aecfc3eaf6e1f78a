"""What a generator handles stays its own over yields, and what its caller handles is the caller of the moment."""
import sys
def g():
    try: yield 0
    except Exception as e:
        print(sys.exc_info()[0]); yield 1
        print(sys.exc_info()[0]); yield 2
        try: raise
        except ValueError as f: print('again', f is e)
m = g(); next(m)
try: raise ValueError
except Exception as e: print(m.throw(e))
print(sys.exc_info()[:2])
print(next(m))
print(next(m, "end"))
def g():
    try: raise ValueError
    except ValueError: yield 1
    print(sys.exc_info()[:2]); yield 2
    try: 1/0
    except ZeroDivisionError as e: print(repr(e.__context__))
    try: raise KeyError(3)
    except KeyError:
        try: raise IndexError
        except IndexError: yield 3
        print(sys.exc_info()[1]); yield 4
    print(sys.exc_info()[1]); yield 5
h = g()
try: raise IndexError
except IndexError: print(next(h))
print(next(h))
print(next(h))
try: raise LookupError(7)
except LookupError:
    print(next(h), next(h)); print(sys.exc_info()[:2])


async def worker():
    try:
        raise ValueError("own")
    except ValueError:
        await step()
        print(repr(sys.exception()))
    print(repr(sys.exception()))
    await step()
    print(repr(sys.exception()))


class step:
    def __await__(self):
        yield


task = worker()
try:
    raise LookupError("first caller")
except LookupError:
    task.send(None)
    print(repr(sys.exception()))
try:
    raise IndexError("second caller")
except IndexError:
    task.send(None)
    print(repr(sys.exception()))
try:
    task.send(None)
except StopIteration:
    print("done")
