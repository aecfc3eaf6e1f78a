# The unicode_escape codec in both directions.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print("a\n\t\\é日😀\x00'\"".encode("unicode_escape"))
print(ascii(b"a\\n\\t\\x41\\u65e5\\U0001f600\\101\\0\\\\ \xe9 \\q".decode("unicode_escape")))
attempt(b"\\x4".decode, "unicode_escape")
attempt(b"\\u12".decode, "unicode_escape")
attempt(b"abc\\".decode, "unicode_escape")
attempt(b"\\U00110000".decode, "unicode_escape")
