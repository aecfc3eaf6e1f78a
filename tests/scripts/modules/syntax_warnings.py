# What the compiler warns of, how it is shown, and statements as they are typed at a prompt.
import contextlib, io, sys, warnings
def shown(text):
    out = io.StringIO()
    with contextlib.redirect_stderr(out):
        try: compile(text, 'text.py', 'exec')
        except SyntaxError as e: print('SyntaxError', e, file=out)
    print(repr(text), *out.getvalue().splitlines(), sep='\n    ')
for text in ['x is 1', 'x is not "a"', '1 is x', 'x is None', 'x is ()', 'x is (1, None)', 'x is (y,)', 'x is -1', '1 < x is 3', 'x is ...', 'x is True', 'x is []',
             'assert (x, "message")', 'assert ()', 'assert (x)', '[(1, 2) (3, 4)]', '[1]("a")', '"a" "b"(x)', 'f"{x}"(1)', '(lambda: 1)()', '{}()', '1()', 'None()', '{x for x in y}()',
             '[1] ["a"]', '{1}[0]', 'None[1]', '1[0]', '(1, 2)["x"]', '"abc"[1.5]', '"abc"["x"]', 'b"a"[None]', '{"a": 1}["b"]', '[1][True]', '[1][1:2]', '(lambda: 1)[0]', 'f"{x}"["a"]', '[1][1, 2]', '...[0]', 'True[0]', '(y for y in x)[0]', '[1][x]', '[1][-1]', '1.5[0]', '2j[0]', '[x for x in y]["a"]',
             '\n\ndef f():\n    return x is 5\n', 'x is 1; y is 2']:
    shown(text)
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    exec('x = 1\nx is 1')
    warnings.warn('told')
print([(str(w.message), w.category.__name__, w.lineno, w.filename.rpartition('/')[2], w.line) for w in log])
with warnings.catch_warnings():
    warnings.simplefilter('error')
    shown('1\nx is 1')
    try: warnings.warn('raised')
    except UserWarning as e: print(repr(e))
out = io.StringIO()
with contextlib.redirect_stderr(out): warnings.warn('with its line'); warnings.warn_explicit('explicit', UserWarning, 'nowhere.py', 5)
print(out.getvalue().rpartition('/')[2].split('syntax_warnings.py')[-1])
for text in '1 + 1', 'None', 'x = 5', 'x', '"a"; 2; None', 'for i in range(2): i\n', 'if 1:\n  3\n', 'def f(): 7\n', '1\n2', 'x = 1\ny = 2':
    try: exec(compile(text, '<input>', 'single'))
    except SyntaxError as e: print('SyntaxError', e)
import builtins
exec(compile('41 + 1', '', 'single')); print(builtins._)
sys.displayhook = lambda value: print('hook', value)
exec(compile('"own hook"; None', '', 'single'))
# loops of a comprehension that would rebind what := bound
for text in '[i for i in range(5) if (j := 0) for j in range(5)]', '{i for i in range(5) if (j := 0) for j, k in range(5)}', '[i for i in range(5) for j in (y := 5)]', '[(j := i) for i in range(3) for k in range(2)]', '[(j := i) for i in range(3) for j in range(2)]', '[[(j := k) for k in ()] for i in range(3) for j in range(2)]':
    try: compile(text, '', 'exec'); print('compiles')
    except SyntaxError as e: print(e.msg, e.lineno, e.offset)
