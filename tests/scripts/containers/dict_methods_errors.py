def show(make):
    try:
        print(repr(make()))
    except BaseException as error:
        print(type(error).__name__, error)


# Methods of dicts and their views with odd arguments.
def act(text):
    d = {"a": 1, "b": 2}
    try:
        print(text, repr(eval(text, {"d": d})), d)
    except Exception as error:
        print(text, type(error).__name__, error, d)


for text in ["d['a']", "d['z']", "d[[]]", "d[{}]", "d.get('a')", "d.get('z')", "d.get('z', 5)", "d.get()", "d.get(1, 2, 3)", "d.get([])", "d.pop('a')", "d.pop('z')", "d.pop('z', 9)", "d.pop()", "d.pop([])", "d.popitem()", "d.popitem(1)", "d.setdefault('a', 5)", "d.setdefault('z')", "d.setdefault()",
             "d.setdefault('z', [])", "d.update()", "d.update(5)", "d.update([1])", "d.update([(1, 2, 3)])", "d.update({'c': 3})", "d.update(c=3, a=0)", "d.update([('x', 1)], y=2)", "d.update({}, {})", "d.update('ab')", "d.update(['ab'])", "d.update([[]])", "d.clear()", "d.copy()", "d.keys()", "d.values()", "d.items()", "d.keys(1)", "d.fromkeys('xy')", "d.fromkeys('xy', 0)", "d.fromkeys(5)", "d.fromkeys([[]])", "d.fromkeys()",
             "d | {'c': 1}", "d | [('c', 1)]", "d | 5", "{'c': 1} | d", "d.__or__(5)", "d + d", "d < d", "d == {'b': 2, 'a': 1}", "d != 5", "'a' in d", "[] in d", "len(d)", "list(d)", "hash(d)", "d.keys() & {'a'}", "d.keys() - ['a']", "d.keys() & 5", "d.items() & {('a', 1)}", "sorted(d.items() | {('z', 0)})", "d.keys() == {'a', 'b'}", "d.keys() < {'a', 'b', 'c'}", "d.keys().isdisjoint(['z'])",
             "d.values() == d.values()", "d.keys()[0]", "len(d.items())", "('a', 1) in d.items()", "('a', 2) in d.items()", "'a' in d.items()", "1 in d.values()", "hash(d.keys())", "hash(d.items())", "hash(d.values()) is None", "d.keys().mapping", "d.keys().mapping['a']", "list(reversed(d))", "list(reversed(d.items()))", "list(reversed(d.values()))", "d.a", "d.__class__.__name__", "d()", "d[1:2]", "d['a', 'b']", "dict(d, c=3)", "dict(**d)", "{**d, 'a': 0}", "{**5}", "dict(**{1: 2})", "dict.fromkeys(d)", "d.__contains__('a')", "d.__getitem__('z')", "d.keys().__class__", "type(d.items()).__name__", "d.items() <= {('a', 1), ('b', 2)}", "d.__eq__(5)", "next(iter(d.items()))", "max(d)", "sum(d.values())", "min(d, key=d.get)", "d.items() == {('a', 1), ('b', 2)}", "d.keys().foo"]:
    act(text)


def change(text):
    d = {"a": 1, "b": 2}
    try:
        exec(text, {"d": d})
        print(text, d)
    except Exception as error:
        print(text, type(error).__name__, error, d)


for text in ["d['c'] = 3", "d[[]] = 3", "del d['a']", "del d['z']", "del d[[]]", "d |= {'c': 3}", "d |= [('c', 3)]", "d |= 5", "d.x = 1", "for k in d: d[k + 'x'] = 1", "for k in d: del d[k]", "for k in list(d): del d[k]", "for k in d: d[k] = 0", "for k, v in d.items(): d.clear()", "for v in d.values(): d['q'] = v", "d['a'] += 5", "d['z'] += 5", "d['a'], d['b'] = d['b'], d['a']", "d[1.0] = 'f'; d[1] = 'i'; d[True] = 'b'", "d[None] = d", "d[()] = d['a']", "d[b'a'] = 1", "d.update(d)", "d.pop('a'); d['a'] = 5", "d.keys().add(1)", "d.keys = 5"]:
    change(text)
