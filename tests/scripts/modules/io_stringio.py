"""StringIO and BytesIO."""
import io

s = io.StringIO("one\ntwo\nthree")
print(repr(s.readline()), s.tell(), repr(s.read(2)), s.readlines(), repr(s.read()))
s.seek(0)
print([line for line in s], s.getvalue())
w = io.StringIO()
print(w.write("héllo"), w.write(" you"), w.getvalue(), w.tell())
w.seek(1)
w.write("E")
print(w.getvalue(), w.seek(0, 2), w.truncate(3), w.getvalue())
w.seek(6)
w.write("!")
print(repr(w.getvalue()))
print("a", "b", sep="-", end="?", file=w)
print(repr(w.getvalue()))
with io.StringIO("x") as t:
    print(t.read(), t.closed)
print(t.closed)
b = io.BytesIO(b"ab\ncd")
print(b.readline(), b.read(1), b.getvalue(), b.tell(), b.seek(1), b.write(b"ZZ"), b.getvalue())
print(io.StringIO("a\r\nb", newline=None).read().encode(), io.StringIO("a\nb", newline="\r\n").getvalue().encode())
w2 = io.StringIO()
w2.writelines(["a", "b"])
print(w2.getvalue(), w2.readable(), w2.isatty())
for call in (lambda: t.read(), lambda: w.write(3), lambda: io.StringIO(3), lambda: b.write("a"), lambda: s.seek(-1), lambda: s.seek(1, 1)):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
