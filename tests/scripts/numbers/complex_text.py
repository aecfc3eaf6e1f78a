# Text to complex and back: signs, exponents, parentheses, format specifications.
for text in ["1", "1j", "-1j", "+j", "j", "-J", "1+2j", "1-2j", "1e5+2e-5j", "(1+2j)", " ( 1+2j ) ", "1 + 2j", "1+j2", "1j+2", "inf+nanj", "-inf-infj", "1_0+2_0j", "1+2", "", "()", "(1", "1)", "1e+5j", "1e5e5j", "++1j", "1+-2j", "0x1j", "é", "nan", "infinityj", ".5j", "5.j", ".j"]:
    try:
        print(repr(text), complex(text))
    except ValueError as error:
        print(repr(text), error)
for value in [0j, -0j, 1 - 0j, 1.5 + 2.5j, 1e20 + 1e-20j, complex("nan"), complex(0, float("inf")), -1.5 - 1j]:
    print(repr(value), str(value), f"{value:.1f} {value:+.2e} {value:g} {value:>20} {value:<20}| {value:^20.1f}| {value:*>12.0f} {value:,.1f} {value:#g}")
    print("%s %r" % (value, value), value.real, value.imag, bool(value), -value, +value, value.conjugate())
