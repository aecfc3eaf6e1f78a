# Text to float and back: extremes, signs, exponents, every presentation.
for text in ["1", "-1.5", "+.5", "5.", ".", "1e5", "1E-5", "1e", "e5", "1e400", "-1e400", "1e-400", "inf", "-Infinity", "nan", "+nan", "NaN", "infinit", "1_0.5_0", "1__0", "_1", "1_", "1e1_0", " 2.5 ", "0x10", "1.5.5", "1,5", "١.٥", "", "-", "1e+", "1 e5", "0" * 50 + "1", "1" * 50, "0.1" + "0" * 40 + "1", "4.9e-324", "2.4e-324", "1.7976931348623157e308", "1.7976931348623159e308", "123456789012345678"]:
    try:
        print(repr(text), repr(float(text)))
    except ValueError as error:
        print(repr(text), error)
values = [0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 2 / 3, 100.0, 123456.789, 1e15, 1e16, 1e17, 1.5e16, 123456789012345680.0, 1e-4, 1e-5, 0.00012345, 1e100, 1.7976931348623157e308, 5e-324, 2.5, 3.5, 0.5, 1e22, 1e23, 9.995, 0.045, float("inf"), float("-inf"), float("nan")]
for v in values:
    print(repr(v), str(v), f"{v:.0f} {v:.1f} {v:.3e} {v:.4g} {v:g} {v:G} {v:e} {v:%} {v:+.2f} {v: .2f} {v:010.2f} {v:<10.1f}| {v:^12.1f}| {v:,.2f} {v:_.1f} {v:#.0f} {v:#g} {v:.10} {v:n}")
    print("%f %.0f %5.1f %-8.2f| %+e %g %G %.3g %#.3g %010.3f" % (v, v, v, v, v, v, v, v, v, v))
for spec in ["d", "x", "c", "s", "b", ".f", ",,", "_,", "=+10", "+-", "#,", "z", "z.1f", ".1000000", "5.", "10.3q", "é", "e>10", "0>+10.1f", "<010", "=^5", "nn", ".-1f", ".3d", "%%", " +f"]:
    try:
        print(spec, "|", format(-1234.5, spec)[:80], "|")
    except ValueError as error:
        print(spec, error)
print(round(0.5), round(1.5), round(2.675, 2), round(-0.5), round(1e20), round(1234.5678, -2), round(5e-324, 400), round(1.5, 0), round(2.5, 0), round(-2.567, 1))
print((0.1).as_integer_ratio(), (2.5).is_integer(), (1e300).hex(), float.fromhex("0x1.8p1"), (0.0).hex(), float.fromhex("-inf"))
print(0.1 + 0.2, 1e308 * 10, -1e308 * 10, 1e308 * 10 - 1e308 * 10, 3.0 // 2, -3.0 // 2, 3.5 % -2, -3.5 % 2, 0.0 == -0.0, 1e16 + 1, 2 ** 0.5, divmod(7.5, -2))
