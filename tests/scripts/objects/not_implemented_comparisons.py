# Comparisons of objects that leave the answer to the other one, to identity, or to nobody.
class Silent:
    def __eq__(self, other): return NotImplemented
    def __lt__(self, other): return NotImplemented
class Answers:
    def __eq__(self, other): return "eq"
    def __ne__(self, other): return "ne"
    def __lt__(self, other): return "lt"
    def __gt__(self, other): return "gt"
    def __le__(self, other): return []
class Child(Silent):
    def __eq__(self, other): return "child"
    def __gt__(self, other): return "child gt"


s, a, c = Silent(), Answers(), Child()
for text in ["s == s", "s == Silent()", "s != s", "s == 1", "1 == s", "s == a", "a == s", "s != a", "s < a", "s > a", "a < s", "s < s", "s < 1", "1 < s", "s == c", "c == s", "s < c", "c > s", "a <= s", "not a <= s", "s >= a", "a < 1 < 2", "1 < a < 2", "a == 1 == 1", "s in [s]", "s in [Silent()]", "s in [a]", "[s] == [s]", "[s] == [a]", "(s,) < (a,)", "[a].count(5)", "[1, a].index('x')", "max(a, s)", "min([s, a])", "sorted([a, s]) is not None", "s is s", "s is not a", "{1: s} == {1: s}", "{1: s} == {1: Silent()}", "None == s", "None != a", "s != None", "() < (1,)", "(1, 2) < (1, 2, 0)", "[1, [2]] < [1, [3]]", "(1, 'a') < (2, 1)", "(1, 'a') < (1, 1)"]:
    try:
        shown = repr(eval(text))
        print(text, "->", "object" if " at 0x" in shown else shown)
    except Exception as error:
        print(text, "->", type(error).__name__, error)
