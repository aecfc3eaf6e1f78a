"""UserDict, UserList, UserString."""
from collections import UserDict, UserList, UserString


class Lower(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)


d = Lower({"A": 1}, B=2)
d["C"] = 3
print(d, d["a"], len(d), "c" in d, sorted(d), d.get("x"), d.pop("b"), d | {"z": 1}, d.copy())
l = UserList([3, 1, 2])
l.append(4)
l.sort()
print(l, l[1:], l + [5], l * 2, 3 in l, l == [1, 2, 3, 4], l.index(2), list(reversed(l)), l.pop())
l.extend(UserList([9]))
print(l, len(l), l.count(9))
s = UserString("hello")
print(s, s.upper(), s + " you", s[1:3], len(s), "ell" in s, s == "hello", s.split("l"), s.replace("l", "L"), type(s.upper()).__name__)
print(s % (), s.startswith("he"), s < "z", int(UserString("12")))
