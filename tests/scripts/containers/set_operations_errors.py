def show(make):
    try:
        print(repr(make()))
    except BaseException as error:
        print(type(error).__name__, error)


# Sets and frozen sets: operators, methods, odd arguments.
TESTS = """s|t s&t s-t s^t s<t s<=s s>=t s==t s!=t s|[1] s&5 s-'a' s^None [1]|s s<[1] s==[1] s.union(t) s.union([9],(8,)) s.union(5) s.union() s.intersection(t) s.intersection([1,2],[2]) s.difference(t,[1]) s.symmetric_difference([1,9]) s.symmetric_difference() s.isdisjoint(t) s.isdisjoint([9]) s.isdisjoint(5) s.issubset(t) s.issubset([1,2,3,4]) s.issuperset([1]) s.issuperset(5) s.copy() s.copy(1) 1_in_s []_in_s {1}_in_s len(s) bool(s) hash(s) s[0] s() s.foo s+t s*2 -s s.add(9) s.add([]) s.add() s.discard(1) s.discard(99) s.discard([]) s.remove(1) s.remove(99) s.remove([]) s.remove() s.pop(1) s.clear() s.clear(1) s.update([7],[8]) s.update(5) s.update() s.intersection_update([1,2]) s.difference_update([1]) s.symmetric_difference_update([1,9]) s.__or__([1]) s.__and__(t) s.__contains__(1) s.__len__() s.__eq__([1]) sorted(s) max(s) sum(s) list(s) s.__class__.__name__ s<5 5<s s.__lt__(5) s.__ior__(t) type(s|t).__name__ type(t|s).__name__ frozenset(s)==s set(t)==t {s:1} frozenset([s])""".split()
for kind in (set, frozenset):
    for text in TESTS:
        s, t = kind([1, 2, 3]), frozenset([3, 4])
        try:
            print(text, repr(eval(text.replace("_in_", " in "), {"s": s, "t": t})), s)
        except Exception as error:
            print(text, type(error).__name__, error, s)


def change(text):
    s = {1, 2, 3}
    keep = s
    try:
        names = {"s": s}
        exec(text, names)
        print(text, names["s"], names["s"] is keep)
    except Exception as error:
        print(text, type(error).__name__, error, s)


for text in ["s |= {4}", "s &= {1, 9}", "s -= {1}", "s ^= {1, 9}", "s |= [4]", "s &= 5", "s -= 'a'", "s ^= None", "s = frozenset(s); s |= {4}", "for x in s: s.add(x + 10)", "for x in s: s.discard(x)", "for x in set(s): s.discard(x)", "s.x = 1", "s[0] = 1", "del s[0]", "del s['a']", "s |= s", "s -= s", "s ^= s", "s.update(s)", "s.add(s)", "s.add(frozenset(s))", "s.remove({1})", "s.add(frozenset({1})); s.remove({1})", "s.discard({1})", "print({1} in s, set() in s)"]:
    change(text)
print({1, 1.0, True}, {0, False, 0.0}, {(1, 2), (1, 2)}, set("") == set())
print({*[1, 2], *(3,)}, {x % 3 for x in range(10)}, set(range(3)) | {5}, frozenset() or "empty", frozenset({1}) == {1}, {frozenset({1}): 2}[frozenset([1])])
