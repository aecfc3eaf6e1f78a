# encode to UTF-8, ASCII, Latin-1 and what the handlers do.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

text = "aé日😀"
print(text.encode(), text.encode("utf-8"), text.encode("UTF8"), text.encode("utf_8_sig"), "aé".encode("latin-1"), "abc".encode("ascii"))
for errors in ["ignore", "replace", "backslashreplace", "xmlcharrefreplace"]:
    print(errors, text.encode("ascii", errors), text.encode("latin1", errors), text.encode(encoding="us-ascii", errors=errors))
attempt(text.encode, "ascii")
attempt("aéé日b".encode, "ascii")
attempt("日".encode, "latin-1")
attempt("\x80".encode, "ascii", "strict")
attempt("a".encode, "nonsense")
attempt("é".encode, "ascii", "nonsense")
attempt("a".encode, "ascii", "nonsense")
attempt("a".encode, 5)
attempt("a".encode, "ascii", None)
attempt("a".encode, "ascii", "strict", 1)
try:
    "abcé".encode("ascii")
except UnicodeEncodeError as error:
    print(error.encoding, error.object, error.start, error.end, error.reason, error.args)
