# decode from UTF-8, ASCII and Latin-1, and what is wrong where.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

print(b"a\xc3\xa9\xe6\x97\xa5".decode(), b"\xe9".decode("latin-1"), bytearray(b"abc").decode("ascii"), repr(b"\xef\xbb\xbfa".decode("utf-8-sig")), ascii(b"\xef\xbb\xbfa".decode()))
broken = [b"\xff", b"a\x80b", b"\xc3", b"\xc3a", b"\xe6\x97", b"\xe6\x97a", b"\xf0\x9f\x98", b"\xf0\x9fxx", b"\xed\xa0\x80", b"\xc0\x80", b"\xf5\x80\x80\x80", b"\xf4\x90\x80\x80", b"ok\xe6\x97\xa5\xfe!"]
for data in broken:
    attempt(data.decode, "utf-8")
    print(ascii(data.decode("utf-8", "replace")), ascii(data.decode("utf-8", "ignore")), ascii(data.decode("utf-8", "backslashreplace")))
attempt(b"a\x80".decode, "ascii")
print(ascii(b"a\x80\xff".decode("ascii", errors="replace")))
attempt(b"a".decode, "nonsense")
attempt(b"\xff".decode, "utf-8", "nonsense")
attempt(b"a".decode, 1)
try:
    b"abc\xff\xfe".decode()
except UnicodeDecodeError as error:
    print(error.encoding, error.object, error.start, error.end, error.reason, isinstance(error, ValueError))
