"""An exception that a generator handles stays its own while it is suspended, whoever resumes it."""
import sys


def inner():
    yield "inside"


def handling():
    try:
        try:
            yield "first"
        except KeyError:
            print("handles", repr(sys.exc_info()[1]))
            yield from inner()
            print("still handles", repr(sys.exc_info()[1]))
            raise
    finally:
        print("finally")


class Driver:
    def __init__(self, body):
        self.body = body

    def step(self, error=None):
        try:
            result = self.body.send(None) if error is None else self.body.throw(error)
        except StopIteration as ended:
            print("ended with", ended.value)
        except BaseException as raised:
            print("raised", repr(raised), repr(raised.__context__))
        else:
            print("gave", result)
        finally:
            error = None

    def wake(self, act):
        # What is thrown in is what is being handled here.
        try:
            act()
        except BaseException as error:
            self.step(error)
        else:
            self.step()


def fail():
    raise KeyError("w")


driver = Driver(handling())
driver.step()
driver.wake(fail)
driver.wake(lambda: None)


class Turn:
    def __await__(self):
        yield "turn"


async def waiting():
    try:
        await Turn()
    except KeyError:
        await Turn()
        raise


async def around():
    try:
        await waiting()
    finally:
        await Turn()
        print(repr(sys.exc_info()[1]))


for body in (waiting, around):
    driver = Driver(body())
    driver.step()
    driver.wake(fail)
    driver.wake(lambda: None)
    driver.wake(lambda: None)


def leaving():
    try:
        yield 1
    except KeyError:
        yield 2
    print("left with", repr(sys.exc_info()[1]))
    yield 3
    print("at last with", repr(sys.exc_info()[1]))
    try:
        raise LookupError("own")
    except LookupError as error:
        print(repr(error.__context__))
        yield 4
    print("in the end with", repr(sys.exc_info()[1]))


def resumed(generator, *error):
    try:
        raise ValueError("of the caller")
    except ValueError:
        result = generator.throw(*error) if error else next(generator, None)
        print(result, repr(sys.exc_info()[1]))
    return result


one = leaving()
next(one)
resumed(one, KeyError("k"))
next(one)
resumed(one)
next(one, None)
other = leaving()
resumed(other)
print(other.throw(KeyError("k")))
resumed(other)
resumed(other)
resumed(other)
