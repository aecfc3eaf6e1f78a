# maketrans in all its forms, and translate with tables of many kinds.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

table = str.maketrans("abc", "xyz")
print(table, "aabbccdd".translate(table))
print("hello world".translate(str.maketrans("lo", "01", "w ")))
print("abc".translate({97: None, 98: "BBB", 99: 100}), "abc".translate(str.maketrans({"a": "1", 98: 50, "c": None})))
print("abc".translate({}), "日本".translate({ord("日"): "sun"}))

class Upper:
    def __getitem__(self, code):
        if code == 98:
            raise LookupError
        return chr(code).upper()

print("abc".translate(Upper()), "abc".translate("xyz" * 40))
attempt(str.maketrans, 1)
attempt(str.maketrans, {"ab": 1})
attempt(str.maketrans, {1.5: 1})
attempt(str.maketrans, "ab", "c")
attempt(str.maketrans, "ab", 3)
attempt(str.maketrans, 1, "b")
attempt(str.maketrans, "a", "b", 3)
attempt("a".translate, {97: 1.5})
attempt("a".translate, {97: 0x110000})
attempt("a".translate, {97: -1})
attempt("a".translate)
attempt("a".translate, 5)
