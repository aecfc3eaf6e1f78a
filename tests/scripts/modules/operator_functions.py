"""The operators as functions."""
import operator as op

print(op.add(1, 2), op.sub(5, 3), op.mul("ab", 2), op.truediv(7, 2), op.floordiv(7, 2), op.mod(7, 3), op.pow(2, 8))
print(op.lshift(1, 4), op.rshift(16, 2), op.and_(6, 3), op.or_(6, 3), op.xor(6, 3), op.neg(5), op.pos(-5), op.invert(5))
print(op.lt(1, 2), op.le(2, 2), op.eq(1, 1.0), op.ne(1, 2), op.ge(1, 2), op.gt(2, 1), op.not_([]), op.truth([0]))
print(op.is_(None, None), op.is_not(1, None), op.abs(-3), op.index(True), op.concat([1], [2]), op.contains("abc", "b"))
print(op.countOf([1, 2, 1], 1), op.indexOf([5, 6], 6), op.getitem({"a": 1}, "a"), op.length_hint(iter([1, 2, 3])))
d = {}
op.setitem(d, "k", 1)
print(d)
op.delitem(d, "k")
print(d)
l = [1]
print(op.iadd(l, [2]) is l, l, op.__add__(1, 1), op.call(max, 1, 2))
for call in (lambda: op.add(1), lambda: op.add(1, "a"), lambda: op.concat(1, 2), lambda: op.indexOf([1], 2)):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
