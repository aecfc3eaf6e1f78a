# Texts of many floats: repr, fixed places, exponents, rounding.

s = 12345
def nxt():
    global s
    s = (s * 6364136223846793005 + 1442695040888963407) % 2**64
    return s >> 11
for i in range(400):
    x = nxt() / [1.0, 7.0, 1024.0, 1e6, 1e9, 1e15, 1e20, 3.0, 4.0, 0.5][nxt() % 10]
    y = (nxt() % 100000) / 1000
    h = nxt() % 2**50 + (nxt() % 8) / 8
    print(x, y, -h, x * y, f"{x:.2f} {y:.1f} {h:.0f} {-y:08.3f} {x:.12f} {h:,.2f} {y:g} {x:e}", "%.2f %5.1f" % (x, y), round(x, 2), round(y, 1))
