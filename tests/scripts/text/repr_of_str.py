# repr and ascii of strings: quotes, escapes, what is printable.

for text in ["", "a", "it's", 'say "hi"', "it's \"both\"", "back\\slash", "\n\r\t\x00\x07\x1b\x7f", "é", "日本", "\u200b", "\xa0", "\xad",
             "\u2028", "😀", "\U000e0001", "\ufeff", "a\\'b", "\x85"]:
    print(repr(text).encode("unicode_escape").decode() if not text.isprintable() else repr(text), ascii(text))
print(ascii(["é", {"日": "😀"}]), "%a" % "é", f"{'é'!a}")
