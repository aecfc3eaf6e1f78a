"""Chains of attributes and calls over several lines: an error is where its own name stands."""
import traceback


class Part:
    def go(self):
        return self

    def fail(self, *values):
        raise ValueError(values)


def shown(function):
    try:
        function()
    except Exception as error:
        for entry in traceback.extract_tb(error.__traceback__)[1:]:
            print(entry.lineno - function.__code__.co_firstlineno, entry.name, entry.line)
        print(traceback.format_exc().splitlines()[-2:])


def chain(part):
    return (
        part
        .go()
        .missing()
        .go()
    )


def call(part):
    return (part
            .go()
            .fail(1,
                  2)
            .go())


def plain(part):
    return (part.
            go().
            other)


def stored(part):
    (part
     .go()
     .none).value = 1


def increased(part):
    (part
     .go()
     .count) += 1


def deleted(part):
    del (part
         .go()
         .count)


for example in chain, call, plain, stored, increased, deleted:
    print(example.__name__)
    shown(lambda: example(Part()))
(Part()
 .go()
 .fail("at the end",
       1))
