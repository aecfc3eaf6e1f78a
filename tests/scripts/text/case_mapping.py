# Case mapping of whole strings, also where a letter becomes several.

words = ["hello", "HELLO", "Hello World", "", "ß", "ŉ", "İstanbul", "ǆ", "ΌΣΟΣ", "ΣΑΣ ΣΑ", "ﬁne", "éÀ", "x1y2", "日本"]
for word in words:
    print(repr(word), repr(word.upper()), repr(word.lower()), repr(word.casefold()), repr(word.swapcase()))
print("Straße".casefold() == "STRASSE".casefold())
print(len("ﬃ".upper()))
