# Literals of numbers in every spelling.

print(0, 00, 1_0, 0xABC, 0Xabc, 0o777, 0O7, 0b1010, 0B1, 1e3, 1E3, 1.e2, .5, 1_0.5_0, 1e-3, 1_0e1_0, 0.0, 00.5, 1e+5)
print(0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 123456789012345678901234567890, -0, -0.0, - -5, +-+5, 1e309, 5e-325)
print(1 .real, 1.5.real, 1..real, 0xf.bit_length() if False else (0xf).bit_length())
