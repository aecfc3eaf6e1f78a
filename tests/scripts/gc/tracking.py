"""What can be part of a cycle is tracked."""
import gc

print(gc.is_tracked(0), gc.is_tracked("a"), gc.is_tracked(None), gc.is_tracked(1.5), gc.is_tracked(b""))
print(gc.is_tracked([]), gc.is_tracked({}), gc.is_tracked({"a": 1}), gc.is_tracked({"a": []}), gc.is_tracked(()), gc.is_tracked(set()))


class A:
    pass


print(gc.is_tracked(A), gc.is_tracked(A()), gc.is_tracked(lambda: 0), gc.is_tracked((x for x in [])))
