# Numbers growing through loops past the small ones.

total = 0
for n in range(1, 60):
    total += n ** n
print(total)
value = 1
for _ in range(100):
    value = value * 3 + 1
print(value)
x = 2**46
for _ in range(5):
    x += x
    print(x, -x, x - 1, type(x).__name__)
while x > 2**40:
    x //= 7
print(x)
count = 0
number = 27
while number != 1:
    number = number // 2 if number % 2 == 0 else 3 * number + 1
    count += 1
print(count)
f = 1.0
for _ in range(400):
    f *= 1.5
print(f, f / 1e60, int(f) % 1000)
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
print(gcd(2**100 * 3**50, 6**60), gcd(10**30 + 57, 10**20 + 39))
