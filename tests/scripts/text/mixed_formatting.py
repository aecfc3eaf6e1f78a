# Formatting, indexing and repeating with objects of a script's class.

class P:
    def __init__(s, x): s.x = x
    def __format__(s, spec): return f"P({s.x}:{spec})"
    def __index__(s): return s.x
print(f"{P(1):abc}", "{0:x} {0}".format(P(2)), "ab"[P(1)], "ab" * P(2), [1] * P(2), hex(P(255)))
print(b"ab" * P(2), "a,b".split(",", P(1)), "abc".center(P(5), "*"), "x".zfill(P(3)), (5).to_bytes(P(2), "big"))
