# Numbers that are equal have equal hashes.

pairs = [(1, 1.0), (0, 0.0), (2**70, 2.0**70), (-5, -5.0), (True, 1), (10**20, 1e20), (2**61 - 1, float(2**61 - 1))]
for a, b in pairs:
    print(a, hash(a) == hash(b) if a == b else "differ")
print([hash(number) for number in (0, 1, -1, -2, 2**61 - 2, 2**61 - 1, 2**61, -(2**61 - 1), 10**30, -10**30)])
print([hash(number) for number in (0.5, 1.5, -0.5, 0.1, 1e300, float("inf"), float("-inf"), 3.0, -1.0, 5e-324)])
print(hash(True), hash(False), hash(2**63), hash((1, 2)) == hash((1.0, 2.0)))
