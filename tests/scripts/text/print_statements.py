"""What older scripts write: print without parentheses, before brackets too."""
for text in (
    "print [x for x in y]", "print []", "x = 1\nprint [] or 5", "print {}", "print 'a'", "print x, y", "exec [1]",
    "if 1:\n    print [1,] == []", "printed [x for x in y]", "a = 1; print [] == [1]",
):
    try:
        compile(text, "old", "exec")
        print("fine")
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset)
