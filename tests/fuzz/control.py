"""Functions of nested control flow: loops, try and finally, with, match, closures. What each does goes to a log."""

PRELUDE = """
log_lines = []
def log(*values): log_lines.append(values)
class Boom(Exception): pass
class Manager:
    def __init__(self, number, swallow): self.number, self.swallow = number, swallow
    def __enter__(self): log('enter', self.number); return self.number
    def __exit__(self, kind, value, trace): log('exit', self.number, kind and kind.__name__); return self.swallow
def boom(number, calls=[0]):
    log('call', number)
    calls[0] += 1
    if calls[0] % 3 == 0: raise (ValueError, KeyError, Boom)[number % 3](number)
    return number
class Holder: pass
holder = Holder()
holder.v = 1
"""

# Around each call of a function: its log, or the error that came out and what that one was raised during.
CALL = """log_lines = []
try: log('returned', {call})
except BaseException as error: log(repr(error), repr(error.__context__))
print({name!r}, log_lines[:60])"""
DRIVE = """log_lines = []
try:
    made = {call}
    for turn in range(6): log('yielded', next(made) if turn % 3 < 2 else made.send(turn) if turn < 5 else made.throw(KeyError(1)))
except BaseException as error: log(repr(error), repr(error.__context__))
try: made.close()
except BaseException as error: log('close', repr(error))
print({name!r}, log_lines[:60])"""


class Function:
    """Writes the body of one function. `names` are its variables; in a generator statements may yield."""

    def __init__(self, random, is_generator):
        self.random, self.is_generator, self.count = random, is_generator, 0

    def expression(self, depth, names):
        choice, below = self.random.choice, self.random.randrange
        e = lambda: self.expression(depth - 1, names)
        name = lambda: choice(names)
        match below(23 if depth > 0 else 4):
            case 0: return str(below(-3, 10))
            case 1 | 2 | 3: return name()
            case 4: return f"({e()} {choice('+-*')} {e()})"
            case 5: return f"({e()} if {self.condition(depth - 1, names)} else {e()})"
            case 6: return f"boom({e()})"
            case 7: return f"({e()} {choice(['and', 'or'])} {e()})"
            case 8: return f"len([{e()} for q{depth} in range({below(4)}) if {self.condition(depth - 1, names + [f'q{depth}'])}])"
            case 9: return f"int({self.condition(depth - 1, names)})"
            case 10: return f"[{e()}, {e()}][{below(2)}]"
            case 11: return f"({name()} := {e()})"
            case 12: return f"(lambda z={e()}: z + {name()})()"
            case 13: return f"sum(w + {name()} for w in ({e()}, {e()}))"
            case 14: return f"({e()}, {e()})[{choice(['0', '1', '-1'])}]"
            case 15: return f"{{1: {e()}, 2: {e()}}}[{choice('123')}]"
            case 16: return f"max({e()}, {e()}, key=lambda t: t * {name()})"
            case 17: return f"len(f'{{{name()}}}{{{name()}!r:>{below(1, 5)}}}')"
            case 18: return f"(-{e()})"
            case 19: return f"boom(*[{e()}])"
            case 20: return f"sum([i{depth} * {name()} for i{depth} in [{e()}, {e()}] for j in range(i{depth} % 3)])"
            case 21: return f"(lambda *p, k=1, **o: len(p) + k)({e()}, *[{e()}], {choice(['', 'k=' + e(), '**{}', 'r=1'])})"
            case _: return f"(not {e()})"

    def condition(self, depth, names):
        choice = self.random.choice
        e = lambda: self.expression(max(depth - 1, 0), names)
        c = lambda: self.condition(depth - 1, names)
        match self.random.randrange(9 if depth > 0 else 3):
            case 0: return f"{e()} {choice(['<', '>', '==', '!=', '<=', '>='])} {e()}"
            case 1: return choice(names)
            case 2: return f"{e()} % 2"
            case 3: return f"not {c()}"
            case 4: return f"({c()} and {c()})"
            case 5: return f"({c()} or {c()})"
            case 6: return f"{e()} < {e()} <= {e()}"
            case 7: return f"{e()} in ({e()}, {e()})"
            case _: return f"{e()} is {choice(['None', 'not None'])}"

    def block(self, depth, indent, names, in_loop):
        lines = []
        for _ in range(self.random.randrange(1, 4)):
            lines += self.statement(depth, indent, names, in_loop)
        return lines

    def statement(self, depth, indent, names, in_loop):
        random, choice, below = self.random, self.random.choice, self.random.randrange
        pad = " " * indent
        v = choice(names)
        e = lambda level=1: self.expression(level, names)
        c = lambda level=1: self.condition(level, names)
        body = lambda less=1, loop=in_loop: self.block(depth - less, indent + 1, names, loop)
        self.count += 1
        n = self.count
        match below(30 if depth > 0 else 12):
            case 0 | 1: return [f"{pad}{v} = {e(2)}"]
            case 2: return [f"{pad}{v} {choice(['+=', '-=', '*='])} {e(2)}"]
            case 3: return [f"{pad}log({n}, {e()})"]
            # Two targets of one name: CPython 3.11 may assign them in the wrong order (its issue 104615).
            case 4 if len(names) > 1: return [f"{pad}{', '.join(random.sample(names, 2))} = {e()}, {e()}"]
            case 5 if len(names) > 1: return [f"{pad}del {v}", f"{pad}{v} = {self.expression(1, [x for x in names if x != v] or ['0'])}"]
            case 6 if in_loop: return [f"{pad}if {c()}: {choice(['break', 'continue'])}"]
            case 7: return [f"{pad}if {c()}: return {e()}"]
            case 8: return [f"{pad}if {c()}: raise {choice(['ValueError', 'KeyError', 'Boom'])}({n})"]
            case 9 if self.is_generator: return [f"{pad}{v} = (yield {e()}) or {e()}"]
            case 10: return [f"{pad}holder.v {choice(['=', '+=', '-='])} {e()}", f"{pad}log(holder.v % 100)"]
            case 11: return [f"{pad}boom({e()})"]
            case 12 | 13:
                lines = [f"{pad}if {c(2)}:", *body()]
                if random.random() < 0.5: lines += [f"{pad}elif {c()}:", *body()]
                if random.random() < 0.5: lines += [f"{pad}else:", *body()]
                return lines
            case 14 | 15:
                target = choice([v, f"{v}, {choice(names)}", f"{v}, *{choice(names)}_s"])
                items = f"range({below(5)})" if target == v else f"[({e(0)}, {below(5)}) for _ in range({below(4)})]"
                lines = [f"{pad}for {target} in {items}:", *body(loop=True)]
                return lines + ([f"{pad}else:", *body()] if random.random() < 0.4 else [])
            case 16:
                lines = [f"{pad}n{n} = 0", f"{pad}while n{n} < {below(1, 5)} and {c()}:", f"{pad} n{n} += 1", *body(loop=True)]
                return lines + ([f"{pad}else:", *body()] if random.random() < 0.3 else [])
            case 17 | 18 | 19 | 20: return self.guarded(pad, n, body)
            case 21 | 22:
                managers = f"Manager({n}, {choice(['True', 'False'])}){choice(['', f' as {v}'])}"
                if random.random() < 0.3: managers += f", Manager({n}.5, {choice(['True', 'False'])})"
                return [f"{pad}with {managers}:", *body()]
            case 23 if not self.is_generator:
                return [f"{pad}def inner{n}(p=1):", f"{pad} nonlocal {v}", f"{pad} {v} = {e()}", f"{pad} return {self.expression(1, names + ['p'])}",
                        f"{pad}{choice(names)} = inner{n}({e()})"]
            case 24:
                lines = [f"{pad}match {choice([v, f'({v}, {e(0)})', f'[{v}, 1, 2]', '{1: ' + v + '}'])}:"]
                for _ in range(below(1, 4)):
                    w = choice(names)
                    pattern = choice([f"{below(5)} | {below(5)}", f"({below(4)}, {w})", f"[{w}, *_]", f"[*_, {w}, 2]", f"{{1: {w}}}", f"int({w})",
                                      f"(int() | str()) as {w}", f"({w}, 1) | (2, {w})", f"[{w}, *x{n}]", f"{{1: {w}, **x{n}}}"])
                    lines += [f"{pad} case {pattern}{choice(['', f' if {c()}'])}:", *self.block(depth - 1, indent + 2, names, in_loop)]
                return lines
            case 25: return [f"{pad}{v} = sum(g for g in [{e()}, {e()}])"]
            case 26: return [f"{pad}{v} = [f() for f in [lambda: (k{depth}, {v}) for k{depth} in range({below(1, 4)})]][0][0]"]
            case 27: return [f"{pad}assert {c()}, {e()}"]
            case 28 if self.is_generator: return [f"{pad}{v} = (yield from [{e()}, {e()}]) or {e()}"]
            case _: return [f"{pad}log({v})"]

    def guarded(self, pad, n, body):
        random, choice = self.random, self.random.choice
        lines = [f"{pad}try:", *body()]
        kind = random.random()
        if kind < 0.8:
            for caught in random.sample(["ValueError", "KeyError", "(Boom, KeyError)", "Exception"], random.randrange(1, 3)):
                named = random.random() < 0.6
                lines.append(f"{pad}except {caught}" + (f" as e{n}:" if named else ":"))
                if named: lines.append(f"{pad} log(repr(e{n}), repr(e{n}.__context__))")
                lines += body()
                if random.random() < 0.2: lines.append(f"{pad} " + choice(["raise", "raise", f"raise Boom({n}) from None", f"raise Boom({n}) from KeyError(0)"]))
            if random.random() < 0.3: lines += [f"{pad}else:", *body()]
        if kind >= 0.8 or random.random() < 0.4: lines += [f"{pad}finally:", *body(2)]
        return lines


def program(random):
    lines = [PRELUDE]
    made = []
    for index in range(6):
        is_generator = random.random() < 0.3
        for _ in range(100):
            function = [f"def f{index}(a, b, c):", *Function(random, is_generator).block(4, 1, ["a", "b", "c"], False)]
            if is_generator: function.append(" yield 0")
            function.append(" return (a, b, c)")
            try:
                compile("\n".join(function), "fuzz", "exec")
            except SyntaxError:
                continue
            lines += function
            made.append((index, is_generator))
            break
    for index, is_generator in made:
        for arguments in ("1, 2, 3", "0, 5, -1", "4, 0, 2"):
            lines.append((DRIVE if is_generator else CALL).format(call=f"f{index}({arguments})", name=f"f{index}"))
    if made and random.random() < 0.5:
        # The last call is unguarded: an exception ends the program, with its traceback.
        lines += ["log_lines = []", f"print(f{made[0][0]}(3, 1, 2))"]
    return "\n".join(lines) + "\n"
