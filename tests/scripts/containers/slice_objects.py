# Slice objects.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print(slice(3), slice(1, 3), slice(1, None, -2), slice("a", [1], None))
s = slice(1, 10, 2)
print(s.start, s.stop, s.step, s == slice(1, 10, 2), s != slice(1), s < slice(2, 3, 4), slice(None) == slice(None, None, None))
for part, n in ((slice(3), 5), (slice(None, None, -1), 5), (slice(-2, None), 5), (slice(10, 0, -3), 5), (slice(2, 100), 4), (slice(None), 0), (slice(-9, -1), 4)):
    print(part, n, part.indices(n), list(range(n))[part] == [list(range(n))[i] for i in range(*part.indices(n))])
attempt(lambda: slice())
attempt(lambda: slice(1, 2, 3, 4))
attempt(lambda: slice(1, 2, 0).indices(3))
attempt(lambda: slice(1).indices(-1))
attempt(lambda: slice(1.5).indices(3))
attempt(lambda: slice("a").indices(3))
attempt(lambda: hash(slice(1)))
def assign():
    s.start = 5
attempt(assign)
class Shows:
    def __getitem__(self, key):
        return key
x = Shows()
print(x[1], x[1:2], x[1:2, 3], x[::], x[..., 1:], x[()], x[:, None], x["a":"b"], x[1,])
print(slice(10 ** 30).indices(5), slice(-10 ** 30, None).indices(5), slice(1, 2).indices(10 ** 30))
