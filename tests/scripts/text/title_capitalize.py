# title() and capitalize() and where words begin.

for word in ["hello world", "they're bill's", "HELLO", "x-ray 3d", "ǆ ǆa", "éa ÉA", "", "a", "1st place", "ﬁ ﬁne"]:
    print(repr(word.title()), repr(word.capitalize()), word.istitle())
for word in ["Hello World", "Hello world", "H", "h", "", "A1B", "A1b", "1A", "ǅ"]:
    print(repr(word), word.istitle())
