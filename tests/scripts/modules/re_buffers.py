# Patterns of bytes search whatever has a buffer; what is of the other kind is an error.
import array
import re

print(re.findall(b"a.", memoryview(b"abac")), re.split(b",", memoryview(b"a,b")), re.match(b"ab", array.array("b", b"abc")))
print(re.sub(b"a", b"x", bytearray(b"banana")), re.fullmatch(b"b.*", memoryview(b"banana")).span())
match = re.match(r"(?P<one>a)(b)", "ab")
for group in ((1, 2), 1.5, None, "two", 3, -1):
    try:
        print(match[group])
    except IndexError as error:
        print(group, error)
for pattern, replacement, text in (("a", b"x", "ba"), (b"a", "x", b"ab"), ("a", b"x", "abc"), ("z", b"x", "abc"), ("a", "x", b"a")):
    try:
        print(re.sub(pattern, replacement, text))
    except TypeError as error:
        print(error)
print(re.match(r"\N{LESS-THAN SIGN}\N{EM DASH}+", "<——").group(), bool(re.match(r"[\N{DIGIT ONE}-\N{DIGIT THREE}]", "2")))
try:
    re.compile(r"\N{NO SUCH THING}")
except re.error as error:
    print(error)
