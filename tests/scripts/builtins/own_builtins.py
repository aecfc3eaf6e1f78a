"""Code that runs with builtins of its own sees those, and no others."""
def said(make):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)


said(lambda: eval("print(1)", {"__builtins__": {}}))
said(lambda: eval("1 + x", {"__builtins__": {}, "x": 2}))
said(lambda: eval("[len(v) for v in (a, a)]", {"__builtins__": {"len": len}, "a": "abc"}))
said(lambda: eval("abs(-1)", {"__builtins__": {}, "abs": lambda v: "mine"}))
said(lambda: exec("import math", {"__builtins__": {}}))
said(lambda: exec("class A: pass", {"__builtins__": {}}))
said(lambda: eval("open", {"__builtins__": None}))
names = {"__builtins__": {"str": str}}
exec("def f(v): return str(v)\ndef g(v): return int(v)", names)
print(names["f"](1))
said(lambda: names["g"](1))
names["__builtins__"]["int"] = int
said(lambda: names["g"]("7"))
given = {}
exec("x = 1", given)
print(sorted(given), type(given["__builtins__"]).__name__)
sandbox = {"__import__": lambda *args: type("Fake", (), {"maxsize": args[0]}), "print": print}
said(lambda: exec("import sys\nprint(sys.maxsize)", {"__builtins__": sandbox}))
