# Fields inside of format specifications.

print("{:{}}|".format("a", 5), "{:{w}.{p}f}|".format(3.14159, w=8, p=2), "{0:{1}{2}{3}}|".format("a", "*", "^", 7))
print("{:{fill}{align}{width}}|".format("x", fill="-", align=">", width=4), "{0:{0}}".format(5))
width, precision, value = 10, 3, 2.718281828
print(f"{value:{width}.{precision}}|", f"{value:{'>'}{width}}|", f"{value!r:{width + 15}}|", f"{'a':{'*'}^{5}}")
