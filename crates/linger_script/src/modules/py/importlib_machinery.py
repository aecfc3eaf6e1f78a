"""What a module is found by. Modules come from the runtime or from the host, so there is one loader for all of them."""

import _linger

__all__ = ["ModuleSpec"]


class ModuleSpec:
    """A module that can be imported: its name, and where it comes from."""

    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations = [] if is_package else None
        self.has_location = False
        self.cached = None

    @property
    def parent(self):
        return self.name.rpartition(".")[0] if self.submodule_search_locations is None else self.name

    def __repr__(self):
        parts = [f"name={self.name!r}", f"loader={self.loader!r}"]
        if self.origin is not None:
            parts.append(f"origin={self.origin!r}")
        if self.submodule_search_locations is not None:
            parts.append(f"submodule_search_locations={self.submodule_search_locations}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def __eq__(self, other):
        try:
            return (self.name, self.loader, self.origin) == (other.name, other.loader, other.origin)
        except AttributeError:
            return NotImplemented


class _Loader:
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        _linger.reload(module.__spec__.name, module)

    def __eq__(self, other):
        return isinstance(other, _Loader)

    def __hash__(self):
        return hash(_Loader)
