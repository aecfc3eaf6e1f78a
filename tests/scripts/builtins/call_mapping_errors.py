# What stands behind ** in a call has to have keys, whatever else it can do.
class Items:
    def __getitem__(self, key):
        return key

    def __iter__(self):
        return iter("ab")


class Keys(Items):
    def keys(self):
        return ["a", "b"]


class Wrong(Items):
    def keys(self):
        raise TypeError("no keys today")


def show(**named):
    return named


for callee in (show, dict, Items):
    for source in (Items(), Wrong(), Keys(), 5, None, [("a", 1)]):
        try:
            print(callee(**source))
        except TypeError as error:
            print(error)
