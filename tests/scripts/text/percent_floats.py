# The % operator with %e, %f, %g and their upper forms.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

numbers = [0.0, -0.0, 1.0, 1.5, -2.25, 3.14159265, 1e10, 1e-10, 123456789.123, 1e100, 0.0001, 0.00001, 1e16, float("inf"), float("-inf"), float("nan")]
for number in numbers:
    print("%f %e %g %F %E %G" % ((number,) * 6))
for spec in ["%.0f", "%.1f", "%.10f", "%10.2f|", "%-10.2f|", "%010.2f|", "%+.2f", "% .2f", "%#.0f", "%#g", "%.3g", "%.0e", "%#.0e", "%.10g", "%+010.3e|", "%.15g", "%.17g"]:
    print(spec, spec % 3.14159, spec % -1234567.891, spec % 0.5, spec % 2.5)
print("%f" % 5, "%g" % 10**20, "%.2f" % True)

class Half:
    def __float__(self):
        return 0.5

print("%f" % Half())
attempt(lambda: "%f" % "x")
attempt(lambda: "%e" % None)
attempt(lambda: "%f" % 10**400)
