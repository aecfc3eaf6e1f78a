"""A list or set in the middle of a chain of comparisons is itself; at the end it may be a constant."""
def said(make):
    try:
        print(make())
    except TypeError as error:
        print(error)


said(lambda: 1 in [1] in [[1]])
said(lambda: False not in [] not in b"a")
said(lambda: set() not in [None] not in {1, 2})
said(lambda: 1 not in {2} >= {3})
said(lambda: [] in [[]] != [1])
said(lambda: 1 in [1, 2] == [1, 2])
said(lambda: 3 in (3,) in [(3,)])
