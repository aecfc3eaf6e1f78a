# The module traceback: repeated frames, limits, source lines with marks.
import io
import traceback


def down(n):
    if n == 0:
        return 1 + "x"
    return down(n - 1)


try:
    down(10)
except TypeError as error:
    print(traceback.format_exc())
    print("".join(traceback.format_tb(error.__traceback__, 1)))
    print(len(traceback.extract_tb(error.__traceback__)))
    out = io.StringIO()
    traceback.print_exception(error, file=out, limit=-1)
    print(out.getvalue())
    print(traceback.format_exception_only(error))
    summary = traceback.extract_tb(error.__traceback__)[-1]
    print(summary.name, summary.line, summary[1])
try:
    exec("def made():\n    raise KeyError('made')\nmade()")
except KeyError:
    print(traceback.format_exc())
try:
    eval("1 +")
except SyntaxError as error:
    print(traceback.format_exception_only(error))
    print(error.text, error.offset)
