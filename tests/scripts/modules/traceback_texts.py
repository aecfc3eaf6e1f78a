"""All that the module `traceback` makes of exceptions, groups of them in groups, and stacks."""
import sys
import traceback


def print(*values, end="\n"):
    """Without the folder that the script is in."""
    sys.stdout.write(" ".join(map(str, values)).replace(__file__, "script") + end)

def mk():
    try: raise ValueError(1)
    except ValueError as e: a=e
    try: raise TypeError('x\ny')
    except TypeError as e:
        e.add_note('note\nmore'); b=e
    try:
        try: raise KeyError('k')
        except KeyError: raise OSError('o')
    except OSError as e: c=e
    return ExceptionGroup('top',[a,ExceptionGroup('in',[b,c]),ExceptionGroup('many',[ValueError(i) for i in range(20)])])
g=mk()
print(''.join(traceback.format_exception(g)))
try:
    raise g
except ExceptionGroup as e:
    print(traceback.format_exc())
    try: raise ValueError('after') from e
    except ValueError as f: print(traceback.format_exc())
try:
    try: raise g
    except* TypeError: raise KeyError(1)
except ExceptionGroup as e: print(traceback.format_exc())
def deep(n):
    e=ValueError('bottom')
    for i in range(n): e=ExceptionGroup(str(i),[e])
    return e
print(''.join(traceback.format_exception(deep(14))))
print(''.join(traceback.TracebackException.from_exception(g,max_group_width=2,max_group_depth=1).format()))
t=traceback.TracebackException.from_exception(g)
t2=traceback.TracebackException.from_exception(g)
print(t==t2, t==3, t!=t2)
def f():
    return traceback.extract_stack()
s=f()
print([ (x.name,x.line,x.lineno) for x in s], s[0]==('a',1,'b','c'), s[0]==s[0])
print(len(s), s[0][2:], list(s[0]))
for l in traceback.format_stack(): print(l,end='')
def h(x):
    y=2
    raise ValueError(x)
try: h(5)
except ValueError as e:
    te=traceback.TracebackException.from_exception(e,capture_locals=True)
    print(te.stack[-1].locals is not None)
    print(te.exc_type, str(te), te.stack[0].name, te.stack[-1].line)
    print(list(te.format_exception_only()))
    print(traceback.format_exception_only(e), traceback.format_exception_only(ValueError, e))
    print(traceback.format_tb(e.__traceback__, limit=1), traceback.format_tb(e.__traceback__, limit=-1))
print(repr(traceback.FrameSummary('f',1,'n')), traceback.FrameSummary('f',1,'n',line='  x = 1 ').line)
print(traceback.StackSummary.from_list([('f',1,'n','line'),('f',2,'m',None)]).format())
print(traceback.format_list([('f',1,'n','line')]*6))
class B(Exception):
    def __str__(self): raise ValueError
print(traceback.format_exception_only(B()))
e=ValueError('v'); e.__notes__=5
print(traceback.format_exception_only(e))
e.__notes__=[1,B()]
print(traceback.format_exception_only(e))
print(traceback.format_exception(None), traceback.format_exception_only(None))
try: traceback.format_exception(ValueError)
except Exception as e: print(type(e),e)
try: compile('a b','f','exec')
except SyntaxError as e: print(traceback.format_exception_only(e))
e=SyntaxError('m',('f',3,4,'  abc def',3,6)); print(traceback.format_exception_only(e))
e=SyntaxError('m'); print(traceback.format_exception_only(e))
try: [].foo
except AttributeError as e: print(traceback.format_exception_only(e))
try: [].apend
except AttributeError as e: print(traceback.format_exception_only(e))
try: printt
except NameError as e: print(traceback.format_exception_only(e))

print(len(traceback.format_exception(g)), [len(piece.splitlines()) for piece in traceback.format_exception(g)][:12])
try:
    h(1)
except ValueError as e:
    print(traceback.format_exception(e))
