# Numbers to text and back.

for number in [0, 1, -1, 255, 2**47, -2**63, 10**30]:
    print(int(str(number)) == number, int(hex(number), 16) == number, int(bin(number), 0) == number, int(oct(number), 8) == number, float(str(number)) == float(number), eval(repr(number)) == number if False else True)
for number in [0.1, 1e300, -2.5e-10, 123456.789, 5e-324]:
    print(float(str(number)) == number, float("%.17g" % number) == number, float(number.hex()) == number if False else float.fromhex(number.hex()) == number, float(f"{number:.17e}") == number)
print("".join(str(n) for n in range(20)), " ".join(map(str, [1.0, True, None, 2**60])), str(12) + str(3.0), "%s%d" % (1, 2), int("".join(reversed(str(12345)))))
