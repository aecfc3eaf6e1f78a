# In the middle of what partition() makes stands the separator that was given.
for text in (b"a-b-c", bytearray(b"a-b-c")):
    for separator in (b"-", bytearray(b"-"), memoryview(b"-"), b"+"):
        for parts in (text.partition(separator), text.rpartition(separator)):
            print([type(part).__name__ for part in parts], [bytes(part) for part in parts])
large = 2**70
print(range(large).stop is large, range(large)[-1] == large - 1)
