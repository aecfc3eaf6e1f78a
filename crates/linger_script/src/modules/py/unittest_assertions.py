"""The assertions of a test."""

import re
import sys
import types
import warnings

DIFF_OMITTED = "\nDiff is %s characters long. Set self.maxDiff to None to see it."
_LONGEST = 80
# The room for what says how much is left out.
_MARK = 12


def safe_repr(obj, short=False):
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    return text if not short or len(text) < _LONGEST else text[:_LONGEST] + " [truncated]..."


def _shorten(text, before, after):
    left = len(text) - before - after
    return "%s[%d chars]%s" % (text[:before], left, text[len(text) - after :]) if left > _MARK else text


def _common_repr(*objects):
    """Their texts, what they begin with in common made short if one is long."""
    texts = [safe_repr(obj) for obj in objects]
    longest = max(map(len, texts))
    if longest <= _LONGEST:
        return texts
    least, most = min(texts), max(texts)
    common = next((at for at, char in enumerate(least) if char != most[at]), len(least))
    # Of the beginning stay five characters, the mark of what is left out, and what room there is.
    kept = _LONGEST - (longest - common + 5 + _MARK)
    if kept > 5:
        start = _shorten(texts[0][:common], 5, kept)
        return [start + text[common:] for text in texts]
    start = _shorten(texts[0][:common], 5, 5)
    return [start + _shorten(text[common:], _LONGEST - 2 * _MARK - 15, 5) for text in texts]


class _Expected:
    """Waits for an exception or a warning, with a text if one is asked for."""

    def __init__(self, expected, case, pattern=None):
        self.expected = expected
        self.test_case = case
        self.expected_regex = re.compile(pattern) if isinstance(pattern, (str, bytes)) else pattern
        self.obj_name = None
        self.msg = None

    def handle(self, name, args, kwargs):
        kinds = self.expected if isinstance(self.expected, tuple) else (self.expected,)
        for kind in kinds:
            if not (isinstance(kind, type) and issubclass(kind, self.base)):
                raise TypeError(f"{name}() arg 1 must be {self.base_words}")
        if not args:
            self.msg = kwargs.pop("msg", None)
            if kwargs:
                raise TypeError(f"{next(iter(kwargs))!r} is an invalid keyword argument for this function")
            return self
        call, *args = args
        self.obj_name = getattr(call, "__name__", None) or str(call)
        with self:
            call(*args, **kwargs)

    def fail(self, standard):
        raise self.test_case.failureException(self.test_case._formatMessage(self.msg, standard))

    def names(self):
        try:
            return self.expected.__name__
        except AttributeError:
            return str(self.expected)

    def not_seen(self, verb):
        by = f" by {self.obj_name}" if self.obj_name else ""
        self.fail(f"{self.names()} not {verb}{by}")


class _ExpectedError(_Expected):
    base = BaseException
    base_words = "an exception type or tuple of exception types"

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.not_seen("raised")
        if not issubclass(kind, self.expected):
            return False
        self.exception = error.with_traceback(None)
        if self.expected_regex is not None and not self.expected_regex.search(str(error)):
            self.fail(f'"{self.expected_regex.pattern}" does not match "{error}"')
        return True

    __class_getitem__ = classmethod(types.GenericAlias)


class _ExpectedWarning(_Expected):
    base = Warning
    base_words = "a warning type or tuple of warning types"

    def __enter__(self):
        for module in list(sys.modules.values()):
            if getattr(module, "__warningregistry__", None):
                module.__warningregistry__ = {}
        self.manager = warnings.catch_warnings(record=True)
        self.warnings = self.manager.__enter__()
        warnings.simplefilter("always", self.expected)
        return self

    def __exit__(self, kind, error, trace):
        self.manager.__exit__(kind, error, trace)
        if kind is not None:
            return
        first = None
        for seen in self.warnings:
            message = seen.message
            if not isinstance(message, self.expected):
                continue
            first = first or message
            if self.expected_regex is not None and not self.expected_regex.search(str(message)):
                continue
            self.warning, self.filename, self.lineno = message, seen.filename, seen.lineno
            return
        if first is not None:
            self.fail(f'"{self.expected_regex.pattern}" does not match "{first}"')
        self.not_seen("triggered")


class _Unique(list):
    """A collection's items, compared by what they are, with one taken away at each find."""

    def take(self, item):
        for at, own in enumerate(self):
            if own is item or own == item:
                del self[at]
                return True
        return False



class _ExpectedLogs:
    """Keeps what a logger tells meanwhile, and nobody else hears it."""

    def __init__(self, case, logger, level, wanted):
        import logging

        self.test_case, self.wanted = case, wanted
        self.logger = logger if isinstance(logger, logging.Logger) else logging.getLogger(logger)
        self.level = logging.getLevelNamesMapping().get(level, level) if level else logging.INFO
        self.records, self.output = [], []

    def __enter__(self):
        import logging

        formatter = logging.Formatter("%(levelname)s:%(name)s:%(message)s")
        keeping = logging.Handler(self.level)

        def emit(record):
            self.records.append(record)
            self.output.append(formatter.format(record))

        keeping.emit = emit
        logger = self.logger
        self._before = logger.handlers, logger.propagate, logger.level
        logger.handlers, logger.propagate = [keeping], False
        logger.setLevel(self.level)
        return self if self.wanted else None

    def __exit__(self, kind, error, trace):
        self.logger.handlers, self.logger.propagate, level = self._before
        self.logger.setLevel(level)
        if kind is not None:
            return False
        import logging

        if self.wanted and not self.records:
            level = logging.getLevelName(self.level)
            raise self.test_case.failureException(f"no logs of level {level} or higher triggered on {self.logger.name}")
        if not self.wanted and self.records:
            raise self.test_case.failureException(f"Unexpected logs found: {self.output!r}")


class Assertions:
    """What a `TestCase` may assert."""

    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _formatMessage(self, msg, standard):
        if not self.longMessage:
            return msg or standard
        return standard if msg is None else f"{standard} : {msg}"

    def _fail(self, msg, standard):
        raise self.failureException(self._formatMessage(msg, standard))

    def assertTrue(self, expr, msg=None):
        if not expr:
            self._fail(msg, f"{safe_repr(expr)} is not true")

    def assertFalse(self, expr, msg=None):
        if expr:
            self._fail(msg, f"{safe_repr(expr)} is not false")

    def assertRaises(self, expected_exception, *args, **kwargs):
        waiting = _ExpectedError(expected_exception, self)
        try:
            return waiting.handle("assertRaises", args, kwargs)
        finally:
            waiting = None

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        return _ExpectedError(expected_exception, self, expected_regex).handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        return _ExpectedWarning(expected_warning, self).handle("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        return _ExpectedWarning(expected_warning, self, expected_regex).handle("assertWarnsRegex", args, kwargs)

    def _equality(self, first, second):
        if type(first) is type(second):
            compare = self._type_equality_funcs.get(type(first))
            if compare is not None:
                return getattr(self, compare) if isinstance(compare, str) else compare
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            self._fail(msg, "%s != %s" % tuple(_common_repr(first, second)))

    def assertEqual(self, first, second, msg=None):
        self._equality(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._fail(msg, f"{safe_repr(first)} == {safe_repr(second)}")

    def _close(self, first, second, places, delta):
        """Whether they are close, by how much they differ, and the words for how close they had to be."""
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        apart = abs(first - second)
        if delta is not None:
            return apart <= delta, apart, f"{safe_repr(delta)} delta"
        places = 7 if places is None else places
        return round(apart, places) == 0, apart, f"{places!r} places"

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        close, apart, words = self._close(first, second, places, delta)
        if not close:
            self._fail(msg, f"{safe_repr(first)} != {safe_repr(second)} within {words} ({safe_repr(apart)} difference)")

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        close, apart, words = self._close(first, second, places, delta)
        if first == second or close:
            told = f" ({safe_repr(apart)} difference)" if delta is not None else ""
            self._fail(msg, f"{safe_repr(first)} == {safe_repr(second)} within {words}{told}")

    def _with_diff(self, standard, lines):
        diff = "\n" + "\n".join(lines)
        return standard + (diff if self.maxDiff is None or len(diff) <= self.maxDiff else DIFF_OMITTED % len(diff))

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        if seq_type is None:
            words = "sequence"
        else:
            words = seq_type.__name__
            for order, seq in ("First", seq1), ("Second", seq2):
                if not isinstance(seq, seq_type):
                    raise self.failureException(f"{order} sequence is not a {words}: {safe_repr(seq)}")
        try:
            len1, len2 = len(seq1), len(seq2)
        except (TypeError, NotImplementedError):
            self._fail(msg, f"A {words} has no length.    Non-sequence?")
        if seq1 == seq2:
            return
        standard = "%ss differ: %s != %s\n" % (words.capitalize(), *_common_repr(seq1, seq2))
        for at in range(min(len1, len2)):
            if seq1[at] != seq2[at]:
                standard += "\nFirst differing element %d:\n%s\n%s\n" % ((at,) + tuple(_common_repr(seq1[at], seq2[at])))
                break
        for words_of, longer, size, other in ("First", seq1, len1, len2), ("Second", seq2, len2, len1):
            if size > other:
                standard += f"\n{words_of} {words} contains {size - other} additional elements.\n"
                standard += f"First extra element {other}:\n{safe_repr(longer[other])}\n"
        self._fail(msg, self._with_diff(standard, _diff_of(seq1, seq2)))

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        parts = []
        for order, one, other in ("first", set1, set2), ("second", set2, set1):
            try:
                more = one.difference(other)
            except TypeError as error:
                self.fail(f"invalid type when attempting set difference: {error}")
            except AttributeError as error:
                self.fail(f"{order} argument does not support set difference: {error}")
            if more:
                parts.append(f"Items in the {order} set but not the {'second' if order == 'first' else 'first'}:")
                parts.extend(repr(item) for item in more)
        if parts:
            self._fail(msg, "\n".join(parts))

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            self._fail(msg, self._with_diff("%s != %s" % tuple(_common_repr(d1, d2)), _diff_of(d1, d2)))

    def assertCountEqual(self, first, second, msg=None):
        first, second = list(first), _Unique(second)
        missing = [item for item in first if not second.take(item)]
        if not missing and not second:
            return
        parts = ["Element counts were not equal:"]
        told = []
        for item in missing + second:
            if item not in told:
                told.append(item)
                parts.append(f"First has {first.count(item)}, Second has {first.count(item) - missing.count(item) + second.count(item)}:  {item!r}")
        self._fail(msg, "\n".join(parts))

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        standard = "%s != %s" % tuple(_common_repr(first, second))
        import difflib

        # Where the whole is one line, both get an end: the marks of what differs then stand below.
        if len(first.splitlines(True)) == 1 and first.strip("\r\n") == first:
            first, second = first + "\n", second + "\n"
        lines = "".join(difflib.ndiff(first.splitlines(True), second.splitlines(True)))
        self._fail(msg, self._with_diff(standard, [lines]))

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._fail(msg, f"{safe_repr(member)} not found in {safe_repr(container)}")

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._fail(msg, f"{safe_repr(member)} unexpectedly found in {safe_repr(container)}")

    def assertIs(self, expr1, expr2, msg=None):
        if expr1 is not expr2:
            self._fail(msg, f"{safe_repr(expr1)} is not {safe_repr(expr2)}")

    def assertIsNot(self, expr1, expr2, msg=None):
        if expr1 is expr2:
            self._fail(msg, f"unexpectedly identical: {safe_repr(expr1)}")

    def assertIsNone(self, obj, msg=None):
        if obj is not None:
            self._fail(msg, f"{safe_repr(obj)} is not None")

    def assertIsNotNone(self, obj, msg=None):
        if obj is None:
            self._fail(msg, "unexpectedly None")

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self._fail(msg, f"{safe_repr(obj)} is not an instance of {cls!r}")

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self._fail(msg, f"{safe_repr(obj)} is an instance of {cls!r}")

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._fail(msg, f"{safe_repr(a)} not less than {safe_repr(b)}")

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._fail(msg, f"{safe_repr(a)} not less than or equal to {safe_repr(b)}")

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._fail(msg, f"{safe_repr(a)} not greater than {safe_repr(b)}")

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._fail(msg, f"{safe_repr(a)} not greater than or equal to {safe_repr(b)}")

    def assertRegex(self, text, expected_regex, msg=None):
        pattern = re.compile(expected_regex) if isinstance(expected_regex, (str, bytes)) else expected_regex
        if not pattern.search(text):
            self._fail(msg, f"Regex didn't match: {pattern.pattern!r} not found in {text!r}")

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        pattern = re.compile(unexpected_regex) if isinstance(unexpected_regex, (str, bytes)) else unexpected_regex
        found = pattern.search(text)
        if found:
            self._fail(msg, f"Regex matched: {text[found.start() : found.end()]!r} matches {pattern.pattern!r} in {text!r}")

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        _deprecated("assertDictContainsSubset", "assertLessEqual")
        missing = [key for key in subset if key not in dictionary]
        wrong = [key for key in subset if key in dictionary and subset[key] != dictionary[key]]
        if missing or wrong:
            words = "Missing: " + ",".join(map(safe_repr, missing)) if missing else ""
            if wrong:
                told = [f"{safe_repr(key)}, expected: {safe_repr(subset[key])}, actual: {safe_repr(dictionary[key])}" for key in wrong]
                words += ("; " if words else "") + "Mismatched values: " + ",".join(told)
            self._fail(msg, words)

    def assertLogs(self, logger=None, level=None):
        return _ExpectedLogs(self, logger, level, True)

    def assertNoLogs(self, logger=None, level=None):
        return _ExpectedLogs(self, logger, level, False)

    # Names of old, which 3.11 still has.

    def _old(name):
        def call(self, *args, **kwargs):
            _deprecated(call.__name__, name)
            return getattr(self, name)(*args, **kwargs)

        return call

    failUnlessEqual = assertEquals = _old("assertEqual")
    failIfEqual = assertNotEquals = _old("assertNotEqual")
    failUnlessAlmostEqual = assertAlmostEquals = _old("assertAlmostEqual")
    failIfAlmostEqual = assertNotAlmostEquals = _old("assertNotAlmostEqual")
    failUnless = assert_ = _old("assertTrue")
    failUnlessRaises = _old("assertRaises")
    failIf = _old("assertFalse")
    assertRaisesRegexp = _old("assertRaisesRegex")
    assertRegexpMatches = _old("assertRegex")
    assertNotRegexpMatches = _old("assertNotRegex")
    del _old


def _deprecated(name, better):
    warnings.warn(f"Please use {better} instead.", DeprecationWarning, stacklevel=3)


def _diff_of(first, second):
    import difflib
    import pprint

    return difflib.ndiff(pprint.pformat(first).splitlines(), pprint.pformat(second).splitlines())
