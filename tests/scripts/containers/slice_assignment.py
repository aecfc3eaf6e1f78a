# Slices with steps: reading, assigning, deleting on every sequence.
for start in (None, 0, 2, -2, 10, -10):
    for stop in (None, 0, 3, -1, 10, -10):
        for step in (None, 1, 2, -1, -2, 5, -5):
            s = slice(start, stop, step)
            items = list(range(6))
            picked = items[s]
            text = "".join("abcdef"[s])
            assert [ord(c) - 97 for c in text] == picked == list(tuple(range(6))[s]) == list(range(6)[s]) == list(bytes(range(6))[s]) == list(bytearray(range(6))[s])
            gone = list(items)
            del gone[s]
            assert sorted(gone + picked) == items
            octets = bytearray(range(6))
            del octets[s]
            assert list(octets) == gone
            same = list(items)
            same[s] = [9] * len(picked)
            print(s, picked, gone, same)
for target, key, value in [([1, 2, 3], slice(0, 2), "xyz"), ([1, 2, 3], slice(1, 1), [7]), ([1, 2, 3], slice(5, 9), [7]), ([1, 2, 3], slice(2, 0), [7]), ([1, 2, 3], slice(None, None, 2), [7]), ([1, 2, 3], slice(None, None, -1), "abc"), ([1, 2, 3], slice(0, 1), 5), ([1, 2, 3], slice(0, 3, 2), 5), ([1, 2, 3], slice(0, 3, 0), []), ([1, 2, 3], slice("a", 2), []), ([1, 2, 3], slice(1.5, 2), []), (bytearray(b"abc"), slice(0, 1), "x"), (bytearray(b"abc"), slice(0, 1), [300]), (bytearray(b"abc"), slice(0, 3, 2), b"x"), ((1, 2), slice(0, 1), (5,)), ("ab", slice(0, 1), "x"), (range(3), slice(0, 1), [1]), (b"ab", slice(0, 1), b"x"), ({}, slice(0, 1), 5)]:
    try:
        target[key] = value
        print(target)
    except Exception as error:
        print(type(error).__name__, error)
for target, key in [([1, 2, 3], slice(0, 3, 0)), ((1, 2), slice(0, 1)), ("ab", slice(0, 1)), (range(3), 0), (b"ab", 0), ({}, "a"), ([1], 5), ([1], "a"), (5, 0), (None, 0), (set(), 0), ("ab", "a"), ((1,), "x"), (object(), 1)]:
    try:
        del target[key]
        print(target)
    except Exception as error:
        print(type(error).__name__, error)
print(slice(1, 2).indices(5), slice(None).indices(0), slice(-1, None, -1).indices(3), slice(1, 2, 3) == slice(1, 2, 3), slice(5), slice(1, None).start, repr(slice(None, "a", [])))


class Shows:
    def __getitem__(self, key): return key
    def __setitem__(self, key, value): print("set", key, value)
    def __delitem__(self, key): print("del", key)


s = Shows()
print(s[1], s[1:2], s[::], s[1:2, 3], s[...], s[()], s[1:2:3, ::4], s[:, 1], s[*[1, 2]], s[1, *[2, 3]])
s[1:2] = 5
s[...] = 6
s[1, 2] = 7
del s[1:], s[::2]
