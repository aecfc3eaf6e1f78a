# string.Template: what subclasses may change of it
from string import Template, Formatter
import re
def attempt(go):
    try: print(repr(go()))
    except Exception as e: print(type(e).__name__, e)
t = Template('$who likes ${what} for $$5, $who')
print(t.substitute(who='tim', what='ham'), t.get_identifiers(), t.is_valid(), t.template)
print(t.safe_substitute(who='x'), Template('$a $b').substitute({'a': 1}, b=2), Template('$A').substitute(A='upper'))
for text in '$', '$ ', 'a\nb $', 'a\n$0', '${', '${a b}', '$-', 'x $$ ${}', '\n\n  $!', '$é':
    attempt(lambda: Template(text).substitute({}))
    attempt(lambda: Template(text).safe_substitute({}))
    print(Template(text).is_valid(), Template(text).get_identifiers())
attempt(lambda: Template('$a').substitute())
attempt(lambda: Template('$a').substitute(b=1))
attempt(lambda: Template('$a').substitute({}, {}))
class Percent(Template): delimiter = '%'
class Dots(Template): idpattern = r'[a-z]+(?:\.[a-z]+)*'
class Braces(Template):
    idpattern = '[a-z]+'
    braceidpattern = '[A-Z]+'
    flags = 0
class Own(Template):
    pattern = r'(?P<escaped>@{2})|@(?P<named>[a-z]+)|@{(?P<braced>[a-z]+)}|(?P<invalid>@)'
class Odd(Template):
    pattern = r'(?P<badname>.*)|(?P<escaped>@{2})|@(?P<named>[_a-z][._a-z0-9]*)|@{(?P<braced>[_a-z][._a-z0-9]*)}|(?P<invalid>@)'
class Named(Dots): delimiter = '&&'
print(Percent('%a %{b} %% $a').substitute(a=1, b=2), Dots('$a.b.c $d').substitute({'a.b.c': 1, 'd': 2}))
print(Braces('$abc ${ABC}').substitute(abc=1, ABC=2), Braces('$ABC ${abc}').safe_substitute(), Braces('$abc ${ABC}').get_identifiers())
print(Own('@@ @a @{b} $a').substitute(a=1, b=2), Own('@').is_valid(), Named('&&a.b $a &&&&').substitute({'a.b': 5}))
attempt(lambda: Odd('@bag').substitute()); attempt(lambda: Odd('@bag').safe_substitute()); attempt(lambda: Odd('x').is_valid()); attempt(lambda: Odd('x').get_identifiers())
print(isinstance(Template.pattern, re.Pattern), isinstance(Own.pattern, re.Pattern), Template.delimiter, sorted(Template.pattern.groupindex))
