# UTF-16 and UTF-32 with and without marks.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for name in ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]:
    data = "aé日😀".encode(name)
    print(name, data, data.decode(name))
print(b"\xfe\xff\x00a".decode("utf-16"), b"\xff\xfea\x00".decode("utf-16"), repr(b"".decode("utf-16")))
for data, name in [(b"a", "utf-16-le"), (b"\x00\xd8", "utf-16-le"), (b"\x00\xd8a\x00", "utf-16-le"), (b"\x00\xdc", "utf-16-le"), (b"a\x00\x00", "utf-32-le"), (b"\x00\x00\x11\x00", "utf-32-le"),
                   (b"\x00\xd8\x00\x00", "utf-32-le")]:
    attempt(data.decode, name)
    print(ascii(data.decode(name, "replace")))
