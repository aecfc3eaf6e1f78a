"""Tests that pass, fail, are skipped and come in parts; what is told of them."""
import io
import re
import unittest
import warnings


def setUpModule():
    print("module prepared")


class First(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("class prepared")
        cls.addClassCleanup(print, "class cleaned")

    def setUp(self):
        self.addCleanup(print, "cleaned")

    def tearDown(self):
        print("torn down")

    def test_equal(self):
        self.assertEqual(1, 1.0)
        self.assertEqual([1, 2], [1, 2])

    def test_not_equal(self):
        """Says a word about itself.

        And more."""
        self.assertEqual(1, 2, "with a word")

    def test_lists(self):
        self.assertEqual([1, 2, 3], [1, 5, 3, 4])

    def test_dicts(self):
        self.assertEqual({"a": 1, "b": [2]}, {"a": 1, "b": [3]})

    def test_texts(self):
        self.assertEqual("one\ntwo\nthree\n", "one\n2\nthree\n")

    def test_line(self):
        self.assertEqual("speling", "spelling")

    def test_sets(self):
        self.assertEqual({1, 2}, {2, 3})

    def test_long(self):
        self.assertEqual("a" * 100 + "b", "a" * 100 + "c" * 30)

    def test_raises(self):
        with self.assertRaises(ValueError) as caught:
            int("x")
        self.assertIn("'x'", str(caught.exception))
        self.assertRaises(KeyError, {}.__getitem__, 1)
        with self.assertRaisesRegex(ValueError, "in.*al"):
            int("y")

    def test_raises_nothing(self):
        with self.assertRaises(KeyError, msg="hm"):
            pass

    def test_raises_other_words(self):
        self.assertRaisesRegex(ValueError, "nothing like it", int, "q")

    def test_parts(self):
        for number in range(4):
            with self.subTest("part", number=number):
                self.assertNotEqual(number % 2, 1)

    def test_error(self):
        {}["missing"]

    @unittest.skip("not today")
    def test_skipped(self):
        print("never")

    def test_skips_itself(self):
        self.skipTest("not now")

    @unittest.expectedFailure
    def test_fails_as_it_should(self):
        self.fail("as it should")

    @unittest.expectedFailure
    def test_passes_though_it_should_not(self):
        pass

    def test_close(self):
        self.assertAlmostEqual(1, 1.00000001)
        self.assertAlmostEqual(1, 1.1, places=1)

    def test_counted(self):
        self.assertCountEqual([1, 2, 2], [2, 3, 1, 3])

    def test_others(self):
        self.assertTrue([1])
        self.assertIsNone(None)
        self.assertIsInstance(1, int)
        self.assertLess(1, 2)
        self.assertRegex("text", "e.t")
        self.assertGreaterEqual(1, 2)

    def test_warns(self):
        with self.assertWarns(DeprecationWarning) as caught:
            warnings.warn("old", DeprecationWarning)
        self.assertEqual(str(caught.warning), "old")
        with self.assertWarns(UserWarning):
            pass


class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise RuntimeError("no class")

    def test_never(self):
        print("never")


@unittest.skipIf(True, "whole class")
class Left(unittest.TestCase):
    def test_never(self):
        print("never")


def told(verbosity, *classes):
    stream = io.StringIO()
    loader = unittest.TestLoader()
    suite = unittest.TestSuite(map(loader.loadTestsFromTestCase, classes))
    print(suite.countTestCases())
    result = unittest.TextTestRunner(stream=stream, verbosity=verbosity).run(suite)
    text = re.sub(r"in [0-9.]+s", "in no time", stream.getvalue())
    print(re.sub(r'File ".*?([^/"]*)"', r'File "\1"', text))
    print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), result.wasSuccessful())


told(2, First, Broken, Left)
told(1, First)
told(0, Left)
print(unittest.defaultTestLoader.loadTestsFromName("First.test_equal", __import__("__main__")).countTestCases())
test = First("test_equal")
print(test, repr(test), test.id(), test == First("test_equal"))
result = unittest.TestResult()
First("test_close").run(result)
print(result)
unittest.main(argv=["program", "First.test_equal"], verbosity=0)
