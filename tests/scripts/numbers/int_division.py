# //, %, / and divmod with every combination of signs.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for a in (7, -7, 0, 2**65, -2**65):
    for b in (2, -2, 3, -3, 2**33, -2**66):
        print(a, b, a // b, a % b, divmod(a, b), a / b)
print(10**400 // 10**399, 10**400 / 10**399, (10**400 + 1) % 10**200, 2**53 / 3, 1 / 3, -1 / 3, 7 / 7)
attempt(lambda: 1 // 0)
attempt(lambda: 1 % 0)
attempt(lambda: 1 / 0)
attempt(divmod, 1, 0)
attempt(lambda: 10**400 / 3)
attempt(lambda: 1 // "a")
attempt(divmod, 1, "a")
attempt(lambda: 2**70 // 0)
