# The % operator with %s, %r, %a, %c and %%.

print("%s and %s" % ("a", 1), "%s" % [1, 2], "%s" % (None,), "%r|%r" % ("a", b"a"), "%a" % "é", "100%%" % ())
print("%5s|%-5s|%05s|%.2s|%5.1s|" % ("ab", "ab", "ab", "abc", "abc"))
print("%c%c%c" % ("a", 98, "é"), "%3c|%-3c|" % ("x", "y"), "%*s|%-*s|%.*s|" % (4, "a", 4, "b", 1, "cd"), "%*s|" % (-4, "a"))
print("%s" % {"a": 1}, "%s" % ((1, 2),), "no conversions" % (), "no conversions" % {}, "no conversions" % [])

class Text:
    def __str__(self):
        return "str"
    def __repr__(self):
        return "repr"

print("%s %r %a" % (Text(), Text(), Text()), "%s" % Text())
print("%s" % "日本", "%-6s|" % "日本", "%.1s" % "日本")
