"""Corners of re, io, typing, collections and complex numbers that programs made by chance found."""
import io
import re
import typing


def tried(function):
    try:
        print(repr(function()))
    except Exception as error:
        print(type(error).__name__, error)


for count in -1, 0, 1:
    print(re.sub("a", "b", "aa", count), re.subn("a", "b", "aa", count), re.split("a", "bab", count))
tried(lambda: re.escape([1]))
tried(lambda: re.escape(b"a.b"))
print(typing.Union[int, str, None], typing.Optional[int], typing.List[None], typing.Callable[[], None], typing.Dict[str, None])
closed = io.StringIO("abc")
closed.close()
for name, arguments in ("write", ["a"]), ("writelines", [["a"]]), ("read", []), ("truncate", []), ("getvalue", []):
    tried(lambda: getattr(closed, name)(*arguments))
tried(lambda: io.StringIO("abc").truncate(-3))
tried(lambda: io.StringIO("abc").truncate(1))
for text in "1__0", "1_0", "_1", "1_", "1_0.5_0j", "1+-2j", "1 j", "nan+infj":
    tried(lambda: complex(text))
tried(lambda: complex(float("inf")) ** 9)
tried(lambda: (1e200 + 0j) ** 5)
tried(lambda: complex(float("inf"), 0) ** 1)
tried(lambda: (1 + 1j) ** 101)
tried(lambda: (1e300 + 1e300j) ** 1.5)
