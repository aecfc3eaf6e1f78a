"""sys.set_int_max_str_digits: how many digits a conversion may have; 0 is any number."""
import sys


def tried(function):
    try:
        print(repr(function())[:60])
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


def set_to(most):
    tried(lambda: sys.set_int_max_str_digits(most))
    print(sys.get_int_max_str_digits())
    tried(lambda: len(str(10 ** 5000)))
    tried(lambda: len(str(-(10 ** 699))))
    tried(lambda: len(f"{10 ** 700}"))
    tried(lambda: int("1" * 701) % 1000)
    tried(lambda: int("-" + "1" * 700) % 1000)
    tried(lambda: "%d" % 10 ** 5000)
    tried(lambda: len(hex(10 ** 5000)))


print(sys.get_int_max_str_digits())
for most in 0, 700, 640, 100, -1, "a", 4300, True:
    set_to(most)
print(round(8979323, 2 ** 70), round(8979323, -8), round(-35, -1), round(10 ** 30 + 5, -1))
