"""Queues, and names that match patterns."""
import fnmatch
import queue


def attempt(act, *args):
    try:
        print(act(*args))
    except Exception as e:
        print(type(e).__name__, e)


for name, pattern in (
    ("foo.py", "*.py"), ("foo.py", "*.[pt]y"), ("foo.ty", "*.[!p]y"), ("a", "?"), ("ab", "?"), ("[x]", "[[]x]"), ("]", "[]]"), ("a-b", "a[-]b"),
    ("c", "[a-c]"), ("c", "[c-a]"), ("x\n", "x*"), ("a", "[!]"), ("[!]", "[!]"), ("a.b.c", "*.*.*"),
):
    print(name, pattern, fnmatch.fnmatch(name, pattern), fnmatch.fnmatchcase(name, pattern))
print(fnmatch.filter(["a.py", "b.txt", "c.py"], "*.py"), fnmatch.fnmatch(b"a.py", b"*.py"))
waiting = queue.Queue(2)
waiting.put(1)
waiting.put(2)
print(waiting.full(), waiting.qsize(), waiting.get(), waiting.get(), waiting.empty())
attempt(waiting.get_nowait)
attempt(lambda: [waiting.put_nowait(at) for at in range(3)])
waiting.task_done()
for kind in (queue.PriorityQueue, queue.LifoQueue, queue.SimpleQueue):
    items = kind()
    for item in (3, 1, 2):
        items.put(item)
    print([items.get() for _ in range(3)], items.empty())
