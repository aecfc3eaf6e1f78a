# What is wrong with an f-string is told in the order in which Python 3.11 reads it.
faults = [
    "f'{1#}'", "f'{3(#)}'", "f'{#}'", "f'{)#}'", "f'{3! s}'", "f'{3!ss}'", "f'{3!ss:}'", "f'{3!ss:s}'", "f'{3!'",
    "f'{3:{{>10}'", "f'x{<'", "f'x{>'", "f'{((}'", "f'{a[4}'", "f'{a(4}'", "f'{3)+(4}'", "f'{a[(}'", "f'{'", "f'a{'",
    "f'{a'", "f'{a:'", "f'{a!r'", "f'{a!r:'", "f'{a='", "f'{a= '", "f'{ }'", "f'{!r}'", "f'{:x}'", "f'{=}'", "f'}'",
    "f'{a}}'", "f'{{}'", "f'{a:{b:{c}}}'", "f'{a:{b:{c:{d}}}}'", "f'{a b}'", "f'{a $ b}'", "f'{a\\n}'", "f'{\"}'",
    "f'{\"\"\"}'", "f'{a!x}'", "f'{a!=}'", "f'{a!=b}'", "f'{a!=b!}'", "f'{lambda x: 1}'", "f'{a:{}}'", "f'\\N'",
    "f'\\N{x'", "f'\\N{no such}'", "f'\\x1'", "rf'\\N{a b}'", "f'{f\"{\"}'", "f'{f\"}\"}'", "f'{a;b}'", "f'{*a}{'",
    "x = f'{a' + b", "f'{d['a']}'", "f'{a + 'x'}'", "f'{def}'", "f'{a:}}'", "f'''{\na\n''' ", "f'{if}' + )", ") + f'{'",
]
for text in faults:
    try:
        compile(text, "fault.py", "exec")
        print(text, "compiles")
    except SyntaxError as error:
        print(text, "->", error.msg)
for text in ("del *a, b", "del *a", "*a += 1"):
    try:
        compile(text, "fault.py", "exec")
    except SyntaxError as error:
        print(text, "->", error.msg)
