# update, |, |=, copy, equality.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

d = {"a": 1}
d.update({"b": 2})
d.update([("c", 3)], d=4)
d.update(e=5)
d.update()
print(d)
print({"a": 1, "b": 2} | {"b": 3, "c": 4}, {} | {}, {1: 2}.__or__({3: 4}), {1: 2}.__or__(5))
left = {"x": 1}
alias = left
left |= {"y": 2}
left |= [("z", 3)]
print(alias, alias is left)
attempt(lambda: {} | 1)
attempt(lambda: {} | [(1, 2)])
attempt(lambda: d.update(1))
attempt(lambda: d.update([1]))
attempt(lambda: d.update([(1,)]))
attempt(lambda: d.update({}, {}))
copy = d.copy()
copy["new"] = []
print(d == copy, "new" in d, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {} == [], {1: 1} != {1: 1.0})
print({"a": [1]} == {"a": [1]}, {1: {}} == {1: {}}, {"a": 1} == {"a": 1, "b": 2})
attempt(lambda: {} < {})
attempt(lambda: hash({}))
d.update(d)
print(d)
loop = {}
loop["self"] = loop
print(loop, repr({"a": "it's", 'q': '"'}))
