"""Differences of lines, and what is alike."""
import difflib
import random

random.seed(5)
WORDS = ["alpha", "beta gamma", "delta x", "eps\tq", "zeta one two", "  indented"]


def lines(count):
    return [random.choice(WORDS) + random.choice(["", "!", "s"]) + "\n" for _ in range(count)]


for turn in range(25):
    one = lines(random.randrange(12))
    other = list(one)
    for _ in range(random.randrange(5)):
        if other and random.random() < 0.5:
            other[random.randrange(len(other))] = lines(1)[0]
        elif other and random.random() < 0.5:
            del other[random.randrange(len(other))]
        else:
            other.insert(random.randrange(len(other) + 1), lines(1)[0])
    delta = list(difflib.ndiff(one, other))
    print("".join(delta))
    print(list(difflib.restore(delta, 1)) == one, list(difflib.restore(delta, 2)) == other)
    print("".join(difflib.unified_diff(one, other, "x", "y", n=turn % 3)))
    print("".join(difflib.context_diff(one, other, "x", "y", "d1", n=1)))
    matcher = difflib.SequenceMatcher(None, "".join(one), "".join(other))
    print(matcher.ratio(), matcher.quick_ratio(), matcher.real_quick_ratio(), matcher.get_opcodes(), matcher.find_longest_match())
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), difflib.get_close_matches("x", ["y"]))
print(difflib.SequenceMatcher(lambda c: c == " ", " abcd", "abcd abcd").get_matching_blocks())
print(difflib.SequenceMatcher(None, "ab" * 150, "ba" * 150).ratio(), difflib.SequenceMatcher(None, "ab" * 150, "ba" * 150, False).ratio())
for act in (lambda: difflib.get_close_matches("x", [], n=0), lambda: list(difflib.restore([], 3)), lambda: list(difflib.unified_diff([b"a"], ["b"]))):
    try:
        print(act())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
