"""What a script puts in place of sys.excepthook is told how the program ended."""
import sys


def hook(kind, value, trace):
    print("ended by", kind.__name__, value, trace.tb_lineno, trace is value.__traceback__)
    sys.stdout.flush()
    raise LookupError("in the hook")


sys.excepthook = hook
raise ValueError("the end")
