# Iterating, reversing and comparing characters.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for character in "aé日😀":
    print(character, ord(character), chr(ord(character)) == character)
print(list(reversed("abc")), list(enumerate("ab")), list(zip("abc", "xyz")), "".join(map(str.upper, "abc")))
iterator = iter("ab")
print(next(iterator), next(iterator), next(iterator, "end"))
attempt(ord, "ab")
attempt(ord, "")
attempt(ord, 5)
attempt(chr, -1)
attempt(chr, 0x110000)
attempt(chr, "a")
first, *rest = "héllo"
print(first, rest)
