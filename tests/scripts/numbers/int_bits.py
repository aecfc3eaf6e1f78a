# bit_length, bit_count, shifts and the operators on bits.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for number in [0, 1, -1, 255, 256, -255, 2**47, 2**48 - 1, 2**63, 2**64, -2**100, True]:
    print(number, number.bit_length(), number.bit_count(), ~number, number >> 3, number << 3, number & 0xF0, number | 5, number ^ 0xFF)
print(-1 >> 100, 1 << 100, 5 >> 200, -5 >> 200, 0 << 1000, (1 << 100) >> 99, -7 & 2**70, -2**70 | 1, -2**70 ^ 2**69, True << 2, True & True, True & 1, True | False, True ^ True, ~True)
attempt(lambda: 1 << -1)
attempt(lambda: 1 >> -1)
attempt(lambda: 1 << 1.0)
attempt(lambda: 1.0 | 1)
attempt(lambda: 1 & "a")
attempt(lambda: ~1.5)
attempt((1).bit_length, 1)
