"""Patterns with many stars end soon, and look as CPython's do."""
import fnmatch

for pattern in ("*", "a*b", "a*b*c", "*a*b*", "a**b", "?*[]]*", "[!a-c]*.txt", "**", "x[", "[z-a]*", "*[", "a*?b"):
    print(pattern, fnmatch.translate(pattern))
print(fnmatch.fnmatch("a" * 200, "*a" * 40 + "b"), fnmatch.fnmatch("ab" * 50 + "c", "*a*b*a*b*c"))
print(fnmatch.filter(["a.py", "b.txt", "c.py"], "*.py"), fnmatch.fnmatchcase("x/y", "x*y"), fnmatch.fnmatch("axbxcx", "a*b*c"))
