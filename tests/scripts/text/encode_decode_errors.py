# Text to bytes and back: handlers of errors, their positions, names of codecs.
def show(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, error)


text, octets = "aé€😀z", b"a\xc3\xa9\xff\xe2\x82z\x80"
for encoding in ("ascii", "latin-1", "utf-8", "utf-16-le", "utf-32-be", "UTF8", "us-ascii", "iso-8859-1"):
    for errors in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace"):
        show(lambda: text.encode(encoding, errors) if errors != "namereplace" else "a".encode(encoding, errors))
for encoding in ("ascii", "latin-1", "utf-8"):
    for errors in ("strict", "ignore", "replace", "backslashreplace"):
        show(lambda: octets.decode(encoding, errors))
for bad in (b"\xff", b"a\xc3", b"\xe2\x82", b"\xf0\x9f\x98", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"ab\x80cd"):
    show(lambda: bad.decode())
show(lambda: "a".encode("nope"))
show(lambda: b"a".decode("nope"))
show(lambda: "é".encode("ascii", "nope"))
show(lambda: b"\xff".decode("utf-8", "nope"))
show(lambda: "a".encode(5))
show(lambda: b"a".decode(None))
show(lambda: str(b"abc", "utf-8"))
show(lambda: str(b"\xff", "utf-8"))
show(lambda: str("abc", "utf-8"))
show(lambda: bytes("é", "latin-1"))
try:
    "aé€".encode("ascii")
except UnicodeEncodeError as error:
    print(error.encoding, error.object, error.start, error.end, error.reason, error.args)
try:
    b"ab\xff".decode()
except UnicodeDecodeError as error:
    print(error.encoding, error.object, error.start, error.end, error.reason)
