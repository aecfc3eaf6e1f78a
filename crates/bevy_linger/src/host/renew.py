"""What a script that is loaded anew owes those that hold something of its earlier version.

Classes stay the objects that they were: a class statement of the new text opens the class of that name again, so that
instances, heirs in other modules and `isinstance` know no difference. Where that cannot be (other bases, other slots, a
metaclass of its own), the new class is another one, and only the scripts of entities change over to it.
"""

import builtins
import sys
import types

_build_class = builtins.__build_class__

# The module as it was before, while its new text runs, and what the classes opened again had in them.
_before = None
_opened = {}


def begin(module):
    """Lets class statements open the classes of this module again, until `end`."""
    global _before
    _before = module
    _opened.clear()
    builtins.__build_class__ = _build


def end(done):
    """Back to classes that are new. What was opened is as it was before, if the new text did not come to its end."""
    global _before
    builtins.__build_class__ = _build_class
    _before = None
    if not done:
        for kind, kept in _opened.values():
            _fill(kind, kept)
    _opened.clear()


def pass_on(old, new, modules):
    """Gives those that imported a module, or functions and classes of it, what it has since it was loaded anew."""
    own = {}
    for name, value in vars(old).items():
        if getattr(value, "__module__", None) == old.__name__ and hasattr(new, name):
            own[id(value)] = name
    for module in modules:
        if module is new:
            continue
        for name, value in list(vars(module).items()):
            if value is old:
                setattr(module, name, new)
            elif id(value) in own:
                setattr(module, name, getattr(new, own[id(value)]))


def _build(body, name, *bases, metaclass=None, **keywords):
    """What a class statement calls."""
    given = {} if metaclass is None else {"metaclass": metaclass}
    winner = type if metaclass is None else metaclass
    if not isinstance(winner, type):
        return _build_class(body, name, *bases, **given, **keywords)
    for base in types.resolve_bases(bases):
        if issubclass(type(base), winner):
            winner = type(base)
    if winner is type or winner is _of("abc", "ABCMeta"):
        return _build_class(body, name, *bases, metaclass=_Opener(winner), **keywords)
    made = _build_class(body, name, *bases, **given, **keywords)
    return _open_enum(made) if winner is _of("enum", "EnumType") else made


def _of(module, name):
    """What a module has, if anything has imported it."""
    return getattr(sys.modules.get(module), name, None)


class _Opener:
    """Stands in for a metaclass: it is given what the body of a class statement has left."""

    def __init__(self, metaclass):
        self.metaclass = metaclass

    def __prepare__(self, name, bases, **keywords):
        return self.metaclass.__prepare__(name, bases, **keywords)

    def __call__(self, name, bases, names, **keywords):
        slots = names.get("__slots__")
        kind = _earlier(names.get("__module__"), names.get("__qualname__"), self.metaclass, bases or (object,))
        if kind is None or vars(kind).get("__slots__") != slots:
            return self.metaclass(name, bases, names, **keywords)
        names = dict(names)
        del names["__qualname__"]
        cell = names.pop("__classcell__", None)
        # What type.__new__ does besides.
        names.setdefault("__doc__", None)
        if "__eq__" in names:
            names.setdefault("__hash__", None)
        for special, wrapper in ("__new__", staticmethod), ("__init_subclass__", classmethod), ("__class_getitem__", classmethod):
            if isinstance(names.get(special), types.FunctionType):
                names[special] = wrapper(names[special])
        _note(kind)
        _fill(kind, names)
        if cell is not None:
            cell.cell_contents = kind
        for known, value in names.items():
            if hasattr(type(value), "__set_name__"):
                value.__set_name__(kind, known)
        super(kind, kind).__init_subclass__(**keywords)
        if self.metaclass is not type:
            sys.modules["abc"].update_abstractmethods(kind)
        return kind


def _earlier(module, path, metaclass, bases):
    """The class of that name in the version before, if a class of these bases can take its place."""
    if module != _before.__name__:
        return None
    found = _before
    for name in path.split("."):
        found = vars(found).get(name)
        if not isinstance(found, type):
            return None
    same = (found.__module__, found.__qualname__, type(found), found.__bases__) == (module, path, metaclass, bases)
    return found if same else None


def _note(kind):
    _opened.setdefault(id(kind), (kind, dict(vars(kind))))


def _of_layout(name, value):
    """Whether it belongs to how instances lie in memory."""
    return name in ("__dict__", "__weakref__") or isinstance(value, types.MemberDescriptorType)


def _fill(kind, names):
    """Makes these the names of a class and no others."""
    for name, value in list(vars(kind).items()):
        if name not in names and not _of_layout(name, value):
            type.__delattr__(kind, name)
    for name, value in names.items():
        if not _of_layout(name, value):
            type.__setattr__(kind, name, value)


def _open_enum(made):
    """Members that are the same stay the objects that they were, since scripts compare them by `is`."""
    kind = _earlier(made.__module__, made.__qualname__, type(made), made.__bases__)
    if kind is None or made._member_type_ is not object:
        return made
    _note(kind)
    same = {}
    for member in made:
        known = kind._member_map_.get(member._name_)
        if known is None or known._value_ != member._value_:
            member.__class__ = kind
            known = member
        same[id(member)] = known
    members = {name: same[id(member)] for name, member in made._member_map_.items()}
    names = {name: members.get(name, value) for name, value in vars(made).items()}
    names["_member_map_"] = members
    names["_value2member_map_"] = {value: same[id(member)] for value, member in made._value2member_map_.items()}
    _fill(kind, names)
    return kind
