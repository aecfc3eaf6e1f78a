# Text beyond ASCII: positions are characters whatever they take in memory.

text = "naïve café 日本語 😀!"
print(len(text), text[2], text[6:10], text[-2], text.index("😀"), text.find("語"), text.upper(), text.split(), text.center(24, "·"), text[::-1])
print([text.find(c) for c in "ïé日😀!"], text.replace("é", "e"), text.count("a"), text.partition("日"), text[text.find("日"):], text.encode("utf-8")[-5:])
print("e\u0301" == "é", len("e\u0301"), "ÅÅ".lower(), "ñ" < "z", sorted("éaz"), "😀" * 3, "😀"[0] == "😀", ord("😀"), "\N{SNOWMAN}" if False else "☃")
print("{:>6}|{:*^5}|".format("日本", "é"), "%5s|%-4s|" % ("é", "日"), f"{'😀':>3}|", "日本".ljust(4, "。"), "abc".rjust(5, "😀"))
print(text.isprintable(), "日本".isalpha(), "٣٤".isdigit(), int("٣٤"), "日本".isidentifier(), "é".isascii(), text.title(), text.swapcase())
