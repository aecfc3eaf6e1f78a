# sort and sorted: stability, keys, reverse, kinds of items.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

def sort(items, **how):
    print(items.sort(**how))
    return items

print(sort([3, 1, 2]), sort([]), sort([1]), sort([2, 1], reverse=True))
print(sorted("hello"), sorted([2.5, -1.0, 0.0]), sorted([1, 2.5, True, -3]))
print(sorted([10 ** 20, 5, -10 ** 20]), sorted([(2, "b"), (1, "z"), (2, "a")]))
words = ["pear", "fig", "Apple", "kiwi", "date", "plum"]
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=len, reverse=True))
print(sorted(words, key=lambda w: (-len(w), w)))
pairs = [(i % 3, i) for i in range(9)]
print(sorted(pairs, key=lambda p: p[0]))
print(sorted(pairs, key=lambda p: p[0], reverse=True))
print(sorted({3: "c", 1: "a"}), sorted((2, 1)), sorted(range(5), reverse=1))
numbers = [(i * 7919) % 1009 for i in range(500)]
ordered = sorted(numbers)
print(ordered[:5], ordered[-5:], all(a <= b for a, b in zip(ordered, ordered[1:])))
texts = [str(n) for n in numbers]
print(sorted(texts)[:6], sorted(texts, key=int)[:6])
floats = [n / 7 for n in numbers]
print(sorted(floats)[:3] == [n / 7 for n in ordered[:3]])
mixed = [n if n % 2 else float(n) for n in numbers]
print(sorted(mixed)[:6])
attempt(lambda: sorted([1, "a"]))
attempt(lambda: sorted([1, None, 2]))
attempt(lambda: sorted(5))
attempt(lambda: sorted())
attempt(lambda: sorted([1], 2))
attempt(lambda: [].sort(1))
attempt(lambda: [].sort(kez=1))
attempt(lambda: [2, 1].sort(key=5))
attempt(lambda: sorted([3, 1], reverse="yes"))
