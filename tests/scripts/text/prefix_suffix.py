# startswith, endswith, removeprefix and removesuffix.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

text = "hello world"
print(text.startswith("hello"), text.startswith("world"), text.startswith("world", 6), text.startswith("", 11), text.startswith("", 12))
print(text.endswith("world"), text.endswith("hello", 0, 5), text.endswith(""), text.endswith("o", -4, -3))
print(text.startswith(("x", "he")), text.startswith(()), text.endswith(("x", "y")), text.startswith(("hello", 1)))
print("日本語".startswith("本", 1), "日本語".endswith("本", 0, 2))
print("TestHook".removeprefix("Test"), "TestHook".removeprefix("Hook"), "TestHook".removesuffix("Hook"), repr("x".removesuffix("x")))
print("abc".removesuffix(""), "abc".removeprefix(""))
attempt(text.startswith)
attempt(text.startswith, 1)
attempt(text.startswith, (1, "hello"))
attempt(text.startswith, ["hello"])
attempt(text.endswith, b"x")
attempt(text.endswith, ("a", None))
attempt(text.removeprefix, 1)
attempt(text.removesuffix)
attempt(text.removesuffix, None)
