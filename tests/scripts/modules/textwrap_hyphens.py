"""Where words may be broken at hyphens and dashes."""
import textwrap, itertools
words=["this-is-a-useful-feature-for-","reformatting","x-y","a-b-c","--opt","-x","foo--bar","well-known","3-4","e-mail","a--","(self-made)","\"quo-ted\"","it's-a","--","-","foo-bar--baz-qux","pre-", "-post","a-bc","ab-c","mother-in-law","1-2-3","x--y-z","'em--dash'","un-für-sich","é-è","non-é"]
for w in words:
    print(w, textwrap.TextWrapper()._split(w), textwrap.TextWrapper(break_on_hyphens=False)._split(w))
import random
random.seed(5)
for n in range(300):
    t=''.join(random.choice("ab-- '.,()x1\"é") for _ in range(14))
    print(repr(t), textwrap.TextWrapper()._split(t), textwrap.wrap(t,6))
