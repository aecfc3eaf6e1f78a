# What nobody catches is told to sys.stderr, whatever stands there, and to sys.unraisablehook.
import io
import sys

kept, sys.stderr = sys.stderr, io.StringIO()
try:
    {}.kyes
except AttributeError:
    sys.excepthook(*sys.exc_info())
told, sys.stderr = sys.stderr.getvalue(), kept
print(told.splitlines()[-1], told.count("\n"))


class Fails:
    def __del__(self):
        raise ValueError("in a finalizer")


def hook(told):
    print(told.exc_type.__name__, told.exc_value, told.exc_traceback is not None, told.err_msg, told.object.__qualname__)


sys.unraisablehook = hook
thing = Fails()
del thing
sys.unraisablehook = sys.__unraisablehook__
kept, sys.stderr = sys.stderr, io.StringIO()
thing = Fails()
del thing
told, sys.stderr = sys.stderr.getvalue(), kept
print(told.splitlines()[0].split(" at ")[0], "/", told.splitlines()[-1])
sys.stderr = None
thing = Fails()
del thing
sys.stderr = kept
print("went on")
