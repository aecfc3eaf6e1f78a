# partition and rpartition.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

for text in ["key=value=more", "key", "", "=", "a=", "=b"]:
    print(text.partition("="), text.rpartition("="))
print("aXXbXXc".partition("XX"), "aXXbXXc".rpartition("XX"), "日本語".partition("本"))
attempt("a".partition, "")
attempt("a".rpartition, "")
attempt("a".partition, 1)
attempt("a".partition)
attempt("a".rpartition, "a", "b")
