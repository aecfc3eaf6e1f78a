# The % operator with keys.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

data = {"name": "Ada", "age": 36, "a b": "spaced", "": "empty", "x(y)": "nested", "pi": 3.14159}
print("%(name)s is %(age)d" % data, "%(age)05d|%(age)-5d|%(pi).2f" % data, "%(a b)s %()s %(x(y))s" % data, "%%(name)s %(name)s" % data)

class Missing(dict):
    def __missing__(self, key):
        return "<" + key + ">"

print("%(one)s %(two)r" % Missing(one=1))

class Any:
    def __getitem__(self, key):
        return key.upper()

print("%(abc)s" % Any())
attempt(lambda: "%(a)s" % {})
attempt(lambda: "%(a)s" % (1,))
attempt(lambda: "%(a)s" % 5)
attempt(lambda: "%(a" % {"a": 1})
attempt(lambda: "%(name)s %s" % data)
attempt(lambda: "%(name)*d" % data)
