"""Importing by name. There are no finders and loaders, since scripts see no files."""

import _linger
import sys

__all__ = ["import_module", "invalidate_caches", "reload", "__import__"]
__import__ = __import__


def import_module(name, package=None):
    level = len(name) - len(name.lstrip("."))
    if level:
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        parents = package.rsplit(".", level - 1)
        if len(parents) < level:
            raise ImportError("attempted relative import beyond top-level package")
        name = f"{parents[0]}.{name[level:]}" if name[level:] else parents[0]
    __import__(name)
    return sys.modules[name]


def reload(module):
    """Runs the text of a module anew; what it held is kept where the text says nothing else."""
    if not isinstance(module, type(sys)):
        raise TypeError("reload() argument must be a module")
    name = module.__name__
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    _linger.reload(name, module)
    return sys.modules[name]


def invalidate_caches():
    pass
