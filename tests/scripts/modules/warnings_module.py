"""warnings."""
import warnings

with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    warnings.warn("first")
    warnings.warn("second", DeprecationWarning)
    print([(str(w.message), w.category.__name__) for w in log])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("boom", RuntimeWarning)
    except RuntimeWarning as e:
        print("raised", e)
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("default")
    for _ in range(3):
        warnings.warn("once a place")
    warnings.filterwarnings("ignore", message="quiet")
    warnings.warn("quiet please")
    print(len(log))
print(warnings.formatwarning("m", UserWarning, "f.py", 3), end="")
try:
    warnings.warn("x", int)
except TypeError as e:
    print(e)
