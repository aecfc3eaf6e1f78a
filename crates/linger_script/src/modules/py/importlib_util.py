"""Asking for modules without importing them."""

import _linger
import sys
from importlib.machinery import ModuleSpec, _Loader

__all__ = ["find_spec", "module_from_spec", "resolve_name", "spec_from_loader"]


def resolve_name(name, package):
    """The full name of a module that is named from within a package."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(f"no package specified for {name!r} (required for relative module names)")
    level = len(name) - len(name.lstrip("."))
    parents = package.rsplit(".", level - 1)
    if len(parents) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{parents[0]}.{name[level:]}" if name[level:] else parents[0]


def find_spec(name, package=None):
    """The spec of a module; None if there is no such module. Packages that it is in are imported."""
    full = resolve_name(name, package)
    if full in sys.modules:
        module = sys.modules[full]
        if module is None:
            return None
        spec = getattr(module, "__spec__", None)
        if spec is not None:
            return spec
        # Modules that the runtime loaded do not say so themselves.
        if not _linger.find(full):
            raise ValueError(f"{name}.__spec__ is {'None' if hasattr(module, '__spec__') else 'not set'}")
    elif "." in full:
        parent = full.rpartition(".")[0]
        try:
            held = __import__(parent, fromlist=["__path__"]).__path__
        except AttributeError as error:
            raise ModuleNotFoundError(
                f"__path__ attribute not found on {parent!r} while trying to find {full!r}", name=full
            ) from error
    found = _linger.find(full)
    if not found:
        return None
    origin, is_package = found
    spec = ModuleSpec(full, _Loader(), origin=origin, is_package=is_package)
    spec.has_location = origin != "built-in"
    return spec


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)


def module_from_spec(spec):
    """A new module of a spec, that nothing has run in yet."""
    module = None
    if hasattr(spec.loader, "create_module"):
        module = spec.loader.create_module(spec)
    if module is None:
        module = type(sys)(spec.name)
    module.__spec__, module.__loader__, module.__package__ = spec, spec.loader, spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if spec.has_location:
        module.__file__ = spec.origin
    return module
