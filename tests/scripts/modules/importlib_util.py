# Modules can be asked for without being imported, and loaded by hand.
import importlib.util
import sys
import types


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


for name in ("json", "json.decoder", "math", "_stars", "_stars.near"):
    spec = importlib.util.find_spec(name)
    print(spec.name, repr(spec.parent), spec.submodule_search_locations is not None)
print("_stars.near" in sys.modules, importlib.util.find_spec(".near", "_stars").name)
attempt(importlib.util.find_spec, "no_such_module")
attempt(importlib.util.find_spec, "json.no_such_module")
attempt(importlib.util.find_spec, "no_such_module.inside")
attempt(importlib.util.find_spec, "math.inside")
attempt(importlib.util.find_spec, ".near")

made = types.ModuleType("made")
sys.modules["made"] = made
attempt(importlib.util.find_spec, "made")
del made.__spec__
attempt(importlib.util.find_spec, "made")
sys.modules["made"] = None
attempt(importlib.util.find_spec, "made")

for name, package in [(".a", "b.c"), ("..a", "b.c"), ("a", "b"), (".a", ""), ("..a", "b"), (".", "b.c")]:
    attempt(importlib.util.resolve_name, name, package)

spec = importlib.util.find_spec("_stars.near")
near = importlib.util.module_from_spec(spec)
print(near.__name__, near.__package__, near.__spec__ is spec, hasattr(near, "distance"))
spec.loader.exec_module(near)
print(near.distance, near is sys.modules.get("_stars.near"))
