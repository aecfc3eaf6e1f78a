# f-strings: nesting, conversions, specs by expressions, quotes, debugging form.
value, width, name = 3.14159, 10, "text"
print(f"{value:.2f}|{value:{width}.3f}|{value:>{width}}|{name!r:^{width}}|{name:{'*'}<{width}}")
print(f"{value=}", f"{value = }", f"{value=:.1f}", f"{name=!s}", f"{name=!r:>8}", f"{1+1=}", f"{ name = !a}")
print(f"{{}} {{{value:.0f}}} {'{'} {'}'}", f"{'a' if value else 'b'}", f"{(lambda x: x + 1)(2)}", f"{ {'k': 1}['k'] }")
print(f"{'nested ' + f'{name.upper()}'}", f'{name["x" == "y":]}', f"""{
    name
}""", f"{name!s}{name!r}{name!a}", rf"\n{name}\{name}")
print(f"{[i for i in range(3)]}", f"{ {i for i in range(2)} }", f"{value:}", f"{'x':>{3}}{'y':<{3}}|", f"{10:#x} {10:#b} {255:08X}", f"{1_000_000:,} {1e6:_}")
print("a" f"{name}" 'b' "{name}", f"" == "", f"{name}" is not None, f"{None} {True} {...}", f"{b'bytes'}")


class Spec:
    def __format__(self, spec): return f"[{spec}]"
    def __str__(self): return "str"
    def __repr__(self): return "repr"


print(f"{Spec()} {Spec():a b} {Spec()!r} {Spec()!s:>6} {Spec():{width}} {Spec():{'x'}{'y'}}")
for make in [lambda: f"{value:d}", lambda: f"{name:d}", lambda: f"{undefined}", lambda: f"{name.missing}", lambda: f"{[]:5}", lambda: f"{1/0}", lambda: f"{name:{value}}", lambda: f"{width:.2}", lambda: f"{Spec:>5}"]:
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)
x = 5
print(f"{x:=+5}", f"{(x := 7)} {x}", f"{x!r:{'<' if x else '>'}4}|", f"{x if x else 0:03}", f"{'''triple'''}", f"{x,}", f"{x, 1}", f"{*[1, 2],}")
