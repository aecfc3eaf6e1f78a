"""sys."""
import sys

print(sys.version_info[:2], sys.version_info.major, sys.version_info >= (3, 8), sys.maxsize, sys.byteorder, sys.maxunicode)
print(sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.int_info.default_max_str_digits, sys.hash_info.modulus)
print(sys.getrecursionlimit(), sys.exc_info(), sys.intern("abc") is sys.intern("abc"), "sys" in sys.modules, sys.modules["sys"] is sys)
sys.setrecursionlimit(500)
print(sys.getrecursionlimit(), sys.getdefaultencoding(), sys.flags.optimize, sys.implementation.name != "")
try:
    1 / 0
except ZeroDivisionError as e:
    kind, value, tb = sys.exc_info()
    print(kind is ZeroDivisionError, value is e, tb is e.__traceback__ or tb is not None, sys.exception() is e)
print(sys.exc_info())
print(sys.stdout.write("written\n"), sys.stdout.flush(), sys.stdout.isatty())
try:
    sys.exit("why")
except SystemExit as e:
    print(e.code, e.args)
try:
    sys.exit()
except SystemExit as e:
    print(e.code)
x = []
y = x
print(sys.getrefcount(x) >= 2, sys.getsizeof(x) > 0, type(sys.argv), type(sys.path))
for call in (lambda: sys.setrecursionlimit(0), lambda: sys.intern(3), lambda: sys.setrecursionlimit("a")):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
