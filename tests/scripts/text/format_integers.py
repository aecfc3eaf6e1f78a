# Format specifications of integers.

def attempt(call, *args, **kwargs):
    try:
        print(repr(call(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__ + ":", error)

specs = ["", "d", "5", "<5", "^7", ">7", "=+7", "05", "+", " ", "-", "x", "X", "o", "b", "#x", "#X", "#o", "#b", "#010x", "08b", ",", "_", "_x", "_b", "12,", "012,", "*^+12,d",
         "n", "c", "e", ".2f", "10.3e", "%", "g", ".3%", "+,.1f", "#_b", "+#x", "x<6"]
for spec in specs:
    row = []
    for number in [0, 65, -65, 1234567, 10**20]:
        try:
            row.append(format(number, spec))
        except Exception as error:
            row.append(type(error).__name__ + ": " + str(error))
    print(repr(spec), row)
print(format(True), format(True, "d"), format(False, "5"), format(True, "x"), f"{True:>6}", format(True, ""))
for spec in ["s", ".2", ".2d", "+c", "#c", ",x", ",c", "_c", "y", "5.5", "zd", ",_", ",,", "__", "d5", "5d5", "é", "=", ",n", "_n"]:
    attempt(format, 65, spec)
attempt(format, -1, "c")
attempt(format, 0x110000, "c")
attempt(format, 10**400, "f")
