# f-strings: expressions, conversions, specifications, nesting.

name, number, items = "Ada", 42, [1, 2, 3]
print(f"{name} {number} {items}", f"{name!r} {name!s:>5} {number:05d}", f"{number + 1}{'x' * 3}", f"{{literal}} {{{number}}}")
print(f"{number=} {name=!s} {number = :>5} {items[0]=}", f"{number=:x}")
print(f"{'nested ' + f'{number}'}", f"{(lambda x: x * 2)(4)}", f"{ {'a': 1}['a'] }", f"{items[1:]}", f"{number:#x}", f"{number!r:>6}")
print(f"", f"{''}", f"a" "b" f"{1}", f"{1}{2}{3}", f"{None}{True}{1.0}", rf"\n{number}\t")
print(f"""multi
{number}
line""", f"{number if number else 0}", f"{name:.2}", f"{1.23456:.3}", f"{number:,}", f"{10**8:_}")
print(f"{'a' if True else 'b'}", f"{[x for x in range(3)]}", f"{number:{'0'}{'>'}{8}}")
