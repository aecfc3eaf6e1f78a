"""Expressions of every builtin type, from templates with typed holes. Knows no statements.

A hole `<i>` is filled with an expression of that type, now and then with one of another: wrong types have messages too.
"""

import re

INTEGERS = ["0", "1", "-1", "2", "3", "7", "-8", "10", "255", "256", "1000", "-12345", "2**31", "-2**47", "2**47 - 1", "2**63", "-2**63",
            "2**64 - 1", "10**18", "10**19 + 7", "-10**30", "123456789012345678901234567890", "True", "0xff", "0b101", "0o17", "1_000"]
FLOATS = ["0.0", "-0.0", "1.0", "-1.5", "2.5", "0.5", "3.14159", "1e16", "1e15", "123456789.125", "1e-5", "0.0001", "1e100", "-1e-100", "1e308",
          "5e-324", "float('inf')", "float('-inf')", "float('nan')", "0.1", "1/3", "2.675", "1e22", "9007199254740993.0"]
TEXTS = ["''", "'a'", "'abc'", "'Hello World'", "'hello'", "'  pad\\t\\n'", "'123'", "'-42'", "'1e5'", "'a,b,,c'", "'x' * 3", "'\\u00e9t\\u00e9'", "'\\U0001f600!'",
         "'tab\\there'", "'line\\nline2\\r\\nend'", "\"it's\"", "'quo\"te'", "'\\x00\\x7f\\xa0'", "'aaa'", "'ABC'", "'\\u01c5\\u00df'", "'%s'", "'{}'", "' 7 '", "'_id9'",
         "'\\u0660\\u0661'", "'mixED cAse'"]
BYTES = ["b''", "b'a'", "b'abc'", "b'Hello World'", "b'\\x00\\xff'", "b'a,b,,c'", "b'12'", "bytearray(b'xyz')", "bytes(range(5))", "b'\\t\\n\\'\"'", "b'aXbXc'"]
OTHERS = ["None", "...", "NotImplemented", "object", "len", "slice(1, None, 2)", "int", "print", "1j"]

# Result type -> templates. Small integers `<n>` are literals wherever a large one would cost time or memory.
TEMPLATES = {
    "i": """<i> + <i>; <i> - <i>; (+<i>) * (+<i>); <i> // <i>; <i> % <i>; (+<i>) ** abs(<n>); <i> << abs(<n>); <i> >> <n>; <i> & <i>; <i> | <i>; <i> ^ <i>; ~<i>; -<i>
        ; abs(<i>); len(<s>); len(<l>); len(<d>); <s>.count(<s>); <s>.find(<s>); <s>.rfind(<s>, <n>); <s>.index(<s>); <l>.index(<x>); <t>.count(<x>); <y>.find(<y>)
        ; <y>[<n>]; <y>.count(<y>, <n>, <n>); int(<f>); int(<s>); int(<s>, <n>); round(<f>); round(<i>, <n>); pow(<i>, abs(<i>), <i>); <i>.bit_length(); <i>.bit_count()
        ; (lambda v: hash(v) if v == v else 0)(+<i>); (lambda v: hash(v) if v == v else 0)(+<f>); sum(<L>); max(<L>); min(<L>, default=<i>); ord(<s>); <i> if <b> else <i>; <b> + <b>; int.from_bytes(<y>, 'big')
        ; int.from_bytes(<y>, 'little', signed=True); divmod(<i>, <i>)[<n>]; <r>[<n>]; len(<r>); <d>.get(<x>, <i>); sum(<r>); (<i>).__index__(); math.gcd(<i>, <i>); math.isqrt(abs(<i>))
        ; math.comb(abs(<n>), abs(<n>)); math.floor(<f>); math.ceil(<f>); math.trunc(<f>); <l>.count(<x>); operator.index(<i>); bisect.bisect(sorted(<L>), <i>); int(<b>); <f>.__int__()""",
    "f": """<f> + <f>; <f> - <i>; <f> * <f>; <f> / <f>; <i> / <i>; <f> // <f>; <f> % <f>; <f> ** <n>; (abs(<f>) % 50) ** (<f> % 5); -<f>; abs(<f>); float(<s>); float(<i>); round(<f>, <n>)
        ; sum([<f>, <f>, <i>]); max(<f>, <i>); min(<i>, <f>); math.sqrt(<f>); math.fmod(<f>, <f>); math.ldexp(<f>, <n>); math.copysign(<f>, <f>); math.fsum([<f>, <f>])
        ; math.hypot(<f>, <n>); float.fromhex((<f>).hex()); divmod(<f>, <f>)[0]; math.modf(<f>)[0]; math.frexp(<f>)[0]; <f> if <b> else <f>; <i> * <f>; <f>.conjugate()""",
    "b": """<i> < <i>; <f> <= <i>; <s> < <s>; <l> == <l>; <t> >= <t>; <x> == <x>; <x> != <x>; <x> in <l>; <s> in <s>; <n> in <r>; <x> in <d>; <y> < <y>; not <x>; <i> == <f>; <e> <= <e>; <x> < <x>
        ; bool(<x>); isinstance(<x>, int); isinstance(<x>, (str, list)); <s>.startswith(<s>); <s>.endswith((<s>, <s>)); <s>.isdigit(); <s>.isalpha(); <s>.isupper(); <s>.istitle(); <s>.isidentifier()
        ; <s>.isspace(); <s>.isprintable(); <s>.isdecimal(); <s>.isnumeric(); <s>.isalnum(); <s>.islower(); <y>.isalnum(); <y>.startswith(<y>); all(<l>); any(<t>); <f>.is_integer(); <i> < <i> <= <i>; <b> and <b>; <b> or <b>; callable(<x>)
        ; math.isclose(<f>, <f>); math.isnan(<f>); <e>.isdisjoint(<l>); <x> is None; <y> in <y>; <n> in <y>; <d> == <d>; <r> == <r>; <i> in <e>; issubclass(type(<x>), object); <l> < <l>; <n> not in <t>""",
    "s": """<s> + <s>; <s> * <n>; <n> * <s>; <s>[<n>]; <s>[<n>:<n>]; <s>[::<n>]; <s>[<n>:<n>:<n>]; <s>.upper(); <s>.lower(); <s>.title(); <s>.capitalize(); <s>.swapcase(); <s>.casefold(); <s>.strip(); <s>.strip(<s>); <s>.lstrip()
        ; <s>.rstrip(<s>); <s>.replace(<s>, <s>); <s>.replace(<s>, <s>, <n>); <s>.join(<S>); <s>.center(<n>, '*'); <s>.ljust(<n>); <s>.rjust(<n>, <s>); <s>.zfill(<n>); <s>.expandtabs(<n>); <s>.removeprefix(<s>); <s>.removesuffix(<s>)
        ; str(<x>); repr(<x>); ascii(<x>); str(<f>); chr(<i>); hex(<i>); bin(<i>); oct(<i>); format(<i>, <I>); format(<f>, <F>); format(<s>, <T>); (lambda v: f'{v}')(<x>); (lambda v: f'{v!r:>12}')(<x>); (lambda v: f'{v:<m>}')(<i>); (lambda v, w: f'{v:.{abs(w)}f}')(<f>, <n>); (lambda v, w, u, z: f'{v:.{abs(w)}e}|{u:.{abs(z)}g}')(<f>, <n>, <f>, <n>)
        ; '{:>{}}'.format(<s>, <n>); '{0[0]}'.format(<l>); '{!r:^20}'.format(<s>); '{a} {b!s}'.format(a=<x>, b=<x>); '%s %r' % (<x>, <x>); '%d' % <i>; '%5.2f' % <f>; '%x' % <i>; '%-8s|' % <s>; '%+d %05d' % (<i>, <i>); '%g %e' % (<f>, <f>); '%c' % <s>
        ; '%s' % <x>; '%(a)s' % <d>; <y>.decode(); <y>.decode('latin-1'); <y>.hex(); <y>.decode('ascii', 'replace'); <f>.hex(); max(<s>, <s>); <s>.translate({97: <s>, 98: None}); <s>.partition(<s>)[<n>]; <s>.rpartition(<s>)[0]; textwrap.fill(<s>, 5)
        ; <s> if <b> else <s>; ''.join(sorted(<s>)); ''.join(reversed(<s>)); <s>.encode().hex(' '); json.dumps(<x>); '%*d' % (<n>, <i>); '%.3s|%5s' % (<s>, <x>); '%a' % <s>; '%i %u' % (<f>, <i>); '%#x %#o' % (<i>, <i>); '%G' % <f>; (lambda v: f'{v:,}')(<i>); (lambda v: f'{v:_.2f}')(<f>); (lambda v: f'{v:.2}')(<s>)
        ; (lambda v: f'{v!s:5}')(<b>); (lambda v: f'{v=}')(<x>); (lambda v: f'{v:+#x}')(<i>); repr(<L>); str(<y>); format(<x>); format(<b>, <I>); type(<x>).__name__; <s>.__format__(<T>)""",
    "y": """<y> + <y>; <y> * <n>; <y>[<n>:<n>]; <y>[::<n>]; <s>.encode(); <s>.encode('ascii', 'replace'); <s>.encode('latin-1', 'ignore'); <s>.encode('ascii', 'backslashreplace'); <y>.upper(); <y>.replace(<y>, <y>); <y>.strip(); <y>.join([<y>, <y>]); bytes(<L>); bytes(abs(<n>)); filled(bytearray, <y>); (<i>).to_bytes(8, 'big')
        ; (<i>).to_bytes(abs(<n>), 'little', signed=True); <y>.center(<n>, b'-'); <y>.zfill(<n>); bytes.fromhex(<s>); b'%d %s' % (<i>, <y>); <y>.title(); <y>.removeprefix(<y>); <y>.translate(None, <y>); <y>.swapcase(); <y>.expandtabs(); <y>.ljust(<n>); <s>.encode('utf-16-le'); filled(bytes, <x>)""",
    "l": """[<x>, <x>]; [<x>, *<l>]; <l> + <l>; <l> * <n>; <l>[<n>:<n>]; <l>[::<n>]; list(<s>); list(<t>); list(<r>); sorted(<L>); sorted(<S>, key=len, reverse=<b>); sorted(<l>, key=repr); list(reversed(<l>)); [x for x in <l> if x]; [x * 2 for x in <L>]; [(i, x) for i, x in enumerate(<l>, <n>)]; <s>.split(); <s>.split(<s>)
        ; <s>.split(<s>, <n>); <s>.rsplit(None, <n>); <s>.splitlines(<b>); list(zip(<l>, <s>)); list(map(str, <l>)); list(filter(None, <l>)); list(<d>); list(<d>.items()); list(<d>.values()); <y>.split(<y>); list(<y>); changed(<l>, 'append', <x>); changed(<l>, 'insert', <n>, <x>); changed(<l>, 'pop', <n>)
        ; changed(<l>, 'remove', <x>); changed(<l>, 'extend', <t>); changed(<l>, 'reverse'); changed(<L>, 'sort'); changed(<l>, '__setitem__', slice(<n>, <n>), <l>); changed(<l>, '__delitem__', slice(<n>, <n>, <n>)); changed(<l>, '__setitem__', slice(None, None, <n>), <l>); changed(<l>, '__setitem__', <n>, <x>)
        ; list(itertools.chain(<l>, <t>)); list(itertools.islice(<l>, abs(<n>), None, 2)); list(itertools.accumulate(<L>)); list(itertools.combinations(<l>, 2)); list(itertools.zip_longest(<l>, <s>, fillvalue=<x>)); [k for k, g in itertools.groupby(<l>)]; list(itertools.pairwise(<s>)); re.findall(<P>, <s>); re.split(<P>, <s>)
        ; json.loads(json.dumps(<l>)); copy.deepcopy(<l>); heapq.nsmallest(abs(<n>), <L>); [a for a, *_ in [<t>, <l>]]; list(itertools.permutations(<s>, 2))[:7]; list(itertools.product(<s>, repeat=2))[:9]; list(dict.fromkeys(<l>)); [*<s>, *<t>]; list(itertools.takewhile(bool, <l>)); list(itertools.starmap(pow, [(<n>, 2), (<n>, 3)]))""",
    "t": """(<x>,); (<x>, <x>); <t> + <t>; <t> * <n>; <t>[<n>:<n>]; <t>[::<n>]; tuple(<l>); tuple(<s>); divmod(<i>, <i>); divmod(<f>, <i>); <s>.partition(<s>); tuple(x for x in <l>); (*<l>, <x>); ((<x>), <t>); <f>.as_integer_ratio(); <i>.as_integer_ratio(); math.frexp(<f>); tuple(reversed(<t>)); slice(<n>, <n>, <n>).indices(abs(<n>)); tuple(sorted(<L>))""",
    "d": """{<k>: <x>}; {<k>: <x>, <k>: <x>}; dict(zip(<s>, <l>)); {**<d>, <k>: <x>}; <d> | <d>; {k: v for k, v in enumerate(<l>)}; dict.fromkeys(<s>, <x>); dict(a=<x>, b=<x>); {v: k for k, v in <d>.items()}; changed(<d>, 'update', <d>); changed(<d>, 'pop', <k>); changed(<d>, 'setdefault', <k>, <x>); changed(<d>, 'popitem')
        ; changed(<d>, '__delitem__', <k>); dict(collections.Counter(<s>)); dict(sorted(<d>.items(), key=repr)); dict(<l>); json.loads(json.dumps(<d>)); copy.copy(<d>); dict([(<k>, <x>)])""",
    "e": """{<i>, <i>}; set(<r>); set(<L>); <e> | <e>; <e> & <e>; <e> - <e>; <e> ^ <e>; frozenset(<L>); {x % 5 for x in <L>}; changed(<e>, 'add', <i>); changed(<e>, 'discard', <i>); changed(<e>, 'remove', <i>); <e>.union(<L>); <e>.intersection(<r>); changed(<e>, 'update', <r>); <e>.difference(<L>); <e>.symmetric_difference(<L>)""",
    "r": "range(<n>); range(<n>, <n>); range(<n>, <n>, <n>); <r>[::<n>]; <r>[<n>:<n>]; range(abs(<n>))",
}
TEMPLATES = {kind: [part.strip() for part in text.split(";")] for kind, text in TEMPLATES.items()}
PATTERNS = ["r'\\d+'", "r'[a-z]+'", "r'(a)(b)?'", "r'\\s*'", "r'(?i)h.*?l'", "r'\\b'", "r'(?P<x>\\w)\\w'", "r'^.'", "r'a|b|'", "r'[^,]*'", "r'(?<=a).'", "r'(.)\\1'"]
HOLE = re.compile(r"<([a-zA-Z])>")


class Expressions:
    """Makes expressions; `names` are variables that hold integers."""

    def __init__(self, random, names=()):
        self.random = random
        self.names = list(names)

    def small(self):
        return str(self.random.choice([-5, -3, -2, -1, 0, 0, 1, 1, 2, 3, 4, 6, 9]))

    def spec(self, kinds):
        choice, random = self.random.choice, self.random
        fill = choice(["", "", "", "*<", "0>", "^", ">", "<", "=", "_^"])
        sign = choice(["", "", "", "+", "-", " "])
        alternate = choice(["", "", "", "#"])
        zero = choice(["", "", "", "0"])
        width = choice(["", "", "5", "12", "1", "20"])
        group = choice(["", "", "", ",", "_"])
        precision = choice(["", "", ".0", ".2", ".5", ".10"]) if kinds != "I" or random.random() < 0.1 else ""
        letter = choice({"I": "bcdoxXn" if random.random() < 0.3 else "dxob", "F": "eEfFgG%n", "T": "s"}[kinds] + ("q" if random.random() < 0.05 else ""))
        if random.random() < 0.25:
            letter = ""
        return fill + sign + alternate + zero + width + group + precision + letter

    def leaf(self, kind):
        choice = self.random.choice
        if kind == "i" and self.names and self.random.random() < 0.4:
            return choice(self.names)
        match kind:
            case "i": return f"({choice(INTEGERS)})"
            case "f": return f"({choice(FLOATS)})"
            case "s": return f"({choice(TEXTS)})"
            case "y": return choice(BYTES)
            case "b": return choice(["True", "False"])
            case "l": return choice(["[]", "[1, 2, 3]", "['b', 'a']", "[None, 0.5, 'x']", "[[1], (2, 3)]", "[3, 1, 2, 1]"])
            case "t": return choice(["()", "(1,)", "(1, 'a', 2.0)", "((), (1, 2))", "(3, 4)"])
            case "d": return choice(["{}", "{'a': 1}", "{1: 'x', 'y': 2, None: 3}", "{'k': [1, 2], 'a': None}", "{(1, 2): 3.5, True: 0}"])
            case "e": return choice(["set()", "{1, 2, 3}", "frozenset({4, 5})", "{0, 8, 16}", "{-1, 5}"])
            case "r": return choice(["range(5)", "range(2, 9, 3)", "range(5, 0, -2)", "range(0)"])

    def make(self, kind, depth):
        random = self.random
        match kind:
            case "n": return self.small()
            case "I" | "F" | "T": return repr(self.spec(kind))
            case "m": return self.spec("I").replace("'", "")
            case "P": return random.choice(PATTERNS)
            case "L":
                if random.random() < 0.05:
                    return self.make("l", depth - 1)
                return "[" + ", ".join(self.make("i", depth - 2) for _ in range(random.randrange(4))) + "]"
            case "S": return "[" + ", ".join(self.make("s", depth - 2) for _ in range(random.randrange(4))) + "]"
            case "k": return self.make(random.choice("iisstf"), 0)
            case "x":
                if random.random() < 0.05:
                    return f"({random.choice(OTHERS)})"
                return self.make(random.choice("iiffssbylltder"), depth)
        if random.random() < 0.03:
            kind = random.choice("ifsbyltder")
        if depth <= 0 or random.random() < 0.2:
            return self.leaf(kind)
        template = random.choice(TEMPLATES[kind])
        filled = HOLE.sub(lambda hole: self.make(hole[1], depth - 1), template)
        return f"({filled})"


PRELUDE = """
import bisect, collections, copy, heapq, itertools, json, math, operator, re, textwrap
def changed(thing, method, *arguments):
    result = getattr(thing, method)(*arguments)
    return thing if result is None else (thing, result)
def filled(kind, source):
    # A number is a length: gigabytes of zeros would tell no more than a few.
    return kind(source % 1000 if type(source) is int and 10**6 < source < 2**62 else source)
def show(number, make):
    try:
        value = make()
        print(number, type(value).__name__, repr(value)[:400])
    except Exception as error:
        print(number, type(error).__name__, str(error)[:400])
"""


def program(random):
    """Some forty expressions, each shown or its error."""
    expressions = Expressions(random, ["a", "b"])
    lines = [PRELUDE, f"a = {random.randrange(-9, 99)}", f"b = {random.randrange(-10**20, 10**20)}"]
    made = 0
    while made < 40:
        made += 1
        text = expressions.make(random.choice("iffbssssylltdder"), random.choice([1, 2, 2, 3]))
        lines.append(f"show({made}, lambda: {text})")
    return "\n".join(lines) + "\n"
