def show(make):
    try:
        print(repr(make()))
    except BaseException as error:
        print(type(error).__name__, error)


# Methods of lists with odd arguments, and what they do to the list.
def act(text, items):
    items = list(items)
    try:
        print(text, repr(eval(text, {"l": items})), items)
    except Exception as error:
        print(text, type(error).__name__, error, items)


for text in ["l.append()", "l.append(1, 2)", "l.append(x=1)", "l.extend(1)", "l.extend()", "l.extend('ab')", "l.extend(l)", "l.insert(0)", "l.insert('a', 1)", "l.insert(100, 9)", "l.insert(-100, 9)", "l.insert(1.5, 1)",
             "l.insert(True, 7)", "l.pop()", "l.pop(0)", "l.pop(-4)", "l.pop(10)", "l.pop('a')", "l.pop(1, 2)", "l.pop(None)", "l.remove(2)", "l.remove(99)", "l.remove()", "l.index(2)", "l.index(99)", "l.index(2, 2)", "l.index(2, -2)", "l.index(2, 0, 1)",
             "l.index(2, 'a')", "l.index()", "l.index(1, 2, 3, 4)", "l.count(1)", "l.count()", "l.clear()", "l.clear(1)", "l.copy()", "l.copy(1)", "l.reverse()", "l.reverse(1)", "l.sort()", "l.sort(1)", "l.sort(reverse=True)", "l.sort(key=lambda v: -v)", "l.sort(key=5)",
             "l.sort(foo=1)", "l.sort(reverse='a')", "l * 2", "2 * l", "l * -1", "l * 1.5", "l + (1,)", "l + None", "l + [4]", "l[1]", "l[-1]", "l[10]", "l['a']", "l[1.0]", "l[None]", "l[1:2]", "l[::-1]", "l[::0]", "l['a':]", "l[1, 2]", "l[True]", "l[10:]", "l[-10:2]",
             "l == [1, 2, 3]", "l < [1, 2, 4]", "l < 5", "l < [1, 'a']", "l != (1, 2, 3)", "1 in l", "'a' in l", "len(l)", "l.__len__(1)", "l.__contains__(2)", "l.__getitem__(5)", "l.foo", "l.__class__", "l.__iadd__(5)", "l.__add__(5)", "l.__mul__('a')", "l.__eq__(5)", "l.__hash__", "hash(l)", "bool(l)", "-l", "~l", "l()", "l @ l", "l % 2", "l ** 2"]:
    act(text, [1, 2, 3])


def change(text, items):
    items = list(items)
    try:
        exec(text, {"l": items})
        print(text, items)
    except Exception as error:
        print(text, type(error).__name__, error, items)


for text in ["l[0] = 9", "l[3] = 9", "l[-4] = 9", "l['a'] = 9", "l[1:2] = [7, 8, 9]", "l[1:1] = 'xy'", "l[:] = []", "l[::2] = [7, 8]", "l[::2] = [7]", "l[::2] = 5", "l[1:] = 5", "l[::-1] = [7, 8, 9]", "l[5:1] = [4]", "l[2:0] = [4]", "l[-100:100] = range(2)", "l[::0] = []",
             "del l[0]", "del l[5]", "del l['a']", "del l[:]", "del l[::2]", "del l[::-2]", "del l[1:]", "del l[5:]", "del l[::0]", "l += 'ab'", "l += 5", "l += l", "l *= 2", "l *= 0", "l *= 'a'", "l[1:2] += [5]", "l[0] += 1", "l[5] += 1", "l[l[0]] = 5", "l[:] = l", "l[1:1] = l", "l[::1] = [1]",
             "l.a = 1", "del l.a", "l.append = 1", "l[1:3] = l[::-1]", "a, b = l", "a, b, c = l; l[0] = c", "a, *b = l; l[:] = b", "*a, b, c, d, e = l", "[a, b] = l", "for l[0] in [5, 6]: pass", "l[0], l[1] = l[1], l[0]", "l[:2], l[2:] = [9], [8]", "(l[0]) = 4", "l[0:0], x = 'ab'", "l[None:None:None] = [0]"]:
    change(text, [1, 2, 3])
