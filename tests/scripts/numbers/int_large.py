# Arithmetic past every machine word.

edges = [2**31 - 1, 2**31, 2**32, 2**47 - 1, 2**47, -2**47, -2**47 - 1, 2**53, 2**62, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64, 10**18, 10**19]
for edge in edges:
    print(edge, edge + 1, edge - 1, -edge, edge * 2, edge * edge, abs(edge), edge == edge + 0, hash(edge) == hash(edge * 1))
product = 1
for n in range(1, 41):
    product *= n
print(product, len(str(product)), product // 10**20, product % 1000003)
print(sum(range(10**6)), sum([2**62] * 8), 3**200, (-3)**201, 12345678901234567890 * 98765432109876543210, 2**200 - 2**199 - 2**199)
a, b = 0, 1
for _ in range(150):
    a, b = b, a + b
print(a, 2**100 > 2**99, -2**100 < 0, 2**100 == 2.0**100, max(2**64, 2**65), sorted([2**70, 1, -2**70, 2**50]))
