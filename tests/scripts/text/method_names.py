# Every method and attribute that the types of text and numbers have.

for kind in (str, bytes, bytearray, int, float, bool):
    print(kind.__name__, sorted(dir(kind)))
