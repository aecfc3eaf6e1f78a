# Modules that need no operating system: paths as text, context variables, numbers of errors, encodings.
import codecs
import contextvars
import errno
import os.path

print(os.path.join("a", "b", "/c", "d"), os.path.split("/a/b.txt"), os.path.splitext("/a.b/.c.tar.gz"), os.path.basename("/a/"), os.path.dirname("/a/b"))
print(os.path.normpath("/a/./b/../../c//d"), os.path.normpath("../x/.."), os.path.normpath(""), os.path.isabs("a"), os.path.commonprefix(["abc", "abd"]))
print(os.path.splitext(".hidden"), os.path.splitext("a.b"), os.path.join("", "x"), os.path.commonpath(["/a/b", "/a/c"]), os.path.relpath("/a/b", "/a/c"))
level = contextvars.ContextVar("level", default=1)
token = level.set(2)
context = contextvars.copy_context()
level.reset(token)
print(level.get(), context[level], context.run(level.get), level.name, len(context), level in contextvars.Context())
context.run(level.set, 7)
print(context.get(level), level.get())
try:
    contextvars.ContextVar("empty").get()
except LookupError as error:
    print(type(error).__name__)
print(errno.ENOENT, errno.errorcode[errno.EACCES])
info = codecs.lookup("UTF8")
print(info.name, info.encode("é"), info.decode(b"\xc3\xa9"))
decoder = codecs.getincrementaldecoder("utf-8")()
print(repr(decoder.decode(b"a\xc3")), repr(decoder.decode(b"\xa9b")), repr(decoder.decode(b"", True)))
try:
    codecs.lookup("no such encoding")
except LookupError as error:
    print(error)
