# The is...() methods over characters of many kinds.

names = ["isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable",
         "isspace", "istitle", "isupper"]
texts = ["", "a", "A", "1", "²", "½", "٣", "五", " ", "\u3000", "\t\n", "_x", "9x", "é", "É", "ǅ", "\x00", "\u200b", "a b", "abc1",
         "ª", "ͅ", "😀", "\xad", "\x1c", "class"]
for text in texts:
    print(ascii(text), "".join("1" if getattr(text, name)() else "." for name in names))
