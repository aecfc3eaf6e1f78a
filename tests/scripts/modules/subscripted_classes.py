"""Classes of modules with types in brackets, and other small things that others' tests ask for."""
import collections
import contextvars
import functools
import itertools
import os
import re
import types
import unittest
import logging

for alias in (
    collections.deque[int], collections.defaultdict[int, str], collections.Counter[int], re.Pattern[str], re.Match[str], functools.partial[int],
    itertools.chain[int], contextvars.ContextVar[int], os.PathLike[str],
):
    print(alias, type(alias) is types.GenericAlias, alias.__args__)
print(collections.deque[int]([1]), functools.partial[int](max, 1)(2))


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


source = iter(range(10))
print(list(itertools.islice(source, 4, 1, 1)), next(source))
print(list(itertools.islice(range(100), Index(10), Index(50), Index(5))))
try:
    del Index(1).__class__
except TypeError as e:
    print(e)


class Logged(unittest.TestCase):
    def test_told(self):
        with self.assertLogs("some", level="INFO") as told:
            logging.getLogger("some.below").info("one")
            logging.getLogger("some").debug("too little")
        self.assertEqual(told.output, ["INFO:some.below:one"])
        with self.assertNoLogs():
            logging.getLogger("some").debug("too little")

    def test_not_told(self):
        with self.assertLogs("some"):
            pass

    def test_told_too_much(self):
        with self.assertNoLogs("some"):
            logging.getLogger("some").error("one")


for name in ("test_told", "test_not_told", "test_told_too_much"):
    result = unittest.TestResult()
    Logged(name).run(result)
    print(result, [text.splitlines()[-1] for _, text in result.failures])
