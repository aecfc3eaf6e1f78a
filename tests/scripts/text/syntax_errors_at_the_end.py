"""Syntax errors where the text ends, in targets, in arguments and in indentation: message, place and text."""
TEXTS = [
    "def f():\n", "class A:\n", "if x:\n  y\nelse:\n", "for x in y:", "def f():\n\n\n", "def f():\n  # only this\n", "try:\n    pass\n", "try:\n    pass",
    "def f():\nreturn 1", "while 1:\n# why\nx", "try:\n  a\nexcept E as e:\nb", "match x:\n  case 1:\n  y", "match x:\ncase 1: y",
    'x = """abc\n', 'x = """abc', 'def f():\n  """doc\n  x\n\n', "if 1:\n\tx=1\n        y=2\n", "def f():\n\tif 1:\n        pass\n",
    "global x, ", "import a,", "with a, : pass", "nonlocal x,", "from x import a,",
    "f(x, **a, *b)", "f(**a, *b)", "(a, b()) = 3", "(a, b + 1) = c", "(f()) = 1", "f() = 1", "a, f() = 1, 2", "x = f() = 3",
]
PLACES = ["from __future__ import nope", "from __future__ import braces", "[i := 0 for i in x]", "class A:\n  [y := 1 for x in z]", "{'a': 1, 'b'}", "{'abc', 'b': 1}"]
for text in TEXTS:
    try:
        compile(text, "f", "exec")
        print(repr(text), "compiles")
    except SyntaxError as error:
        print(repr(text), type(error).__name__, error.msg, error.lineno, error.offset, error.end_offset)
for text in PLACES:
    try:
        compile(text, "f", "exec")
        print(repr(text), "compiles")
    except SyntaxError as error:
        print(repr(text), type(error).__name__, error.msg, error.lineno, error.offset)
