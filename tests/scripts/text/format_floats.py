# Format specifications of floats.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

specs = ["", "f", "e", "g", "F", "E", "G", ".0f", ".1f", ".3e", ".3g", ".10g", "10.2f", "<10.2f", "^10.2f", "010.2f", "+.1f", " .1f", ",", ",.2f", "_.3f", "%", ".1%", "#.0f",
         "#g", "n", ".3", "10", "=+12.3f", "*>12.1e", "z.1f", "012,.2f", "5", ".0", ".17g", "#.3g", ".0e", "#.0e", "+"]
for spec in specs:
    print(repr(spec), [format(number, spec) for number in [0.0, -0.0, 1.0, -1.5, 3.14159265358979, 1234567.891, 1e-7, 1e22, float("inf"), float("nan"), -0.04]])
for spec in ["d", "s", "x", "c", "b", "5.f", ",_", "é", "5d", ".", "_n"]:
    attempt(format, 1.5, spec)
