"""The hash of an empty text is 0, and meets what else has that hash."""


class T(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


print(hash(""), hash(b""), hash(T()), T() in {0: 1}, T() in {False: 1}, T() in {"": 1}, "" in {0: 1}, {"": 1, 0: 2, False: 3, b"": 4})
