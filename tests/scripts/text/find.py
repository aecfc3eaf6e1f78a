# find and rfind with positions, also negative and beyond the ends.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

text = "abcabcabc"
print([text.find("abc", start) for start in range(-10, 11)])
print([text.find("c", 0, end) for end in range(-10, 11)])
print([text.rfind("abc", 0, end) for end in range(-10, 11)])
print(text.find(""), text.find("", 9), text.find("", 10), text.rfind(""), text.rfind("", 2, 5), "".find(""), "".find("a"))
print("日本語日本".find("本"), "日本語日本".rfind("本"), "日本語日本".find("本", 2), "a😀b".find("b"), "日本語".find("語", 0, 2))
print(text.find("b", None, None), text.find("b", 2**70), text.find("b", -2**70, 2**70))
attempt(text.find)
attempt(text.find, 1)
attempt(text.find, "a", "b")
attempt(text.find, "a", 1.0)
attempt(text.rfind, None)
attempt(text.find, "a", 1, 2, 3)

class Two:
    def __index__(self):
        return 2

print(text.find("a", Two()))
