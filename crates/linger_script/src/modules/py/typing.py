"""Type hints. They are kept and shown, and never checked."""

import collections
import collections.abc
import functools
import re as _re
import sys
from _linger import exec as _exec
from abc import ABCMeta, abstractmethod
from types import GenericAlias as _BuiltinAlias, UnionType as _UnionType

__all__ = [
    "AbstractSet", "Annotated", "Any", "AnyStr", "AsyncContextManager", "AsyncGenerator", "AsyncIterable", "AsyncIterator",
    "Awaitable", "BinaryIO", "ByteString", "Callable", "ChainMap", "ClassVar", "Collection", "Concatenate", "Container",
    "ContextManager", "Coroutine", "Counter", "DefaultDict", "Deque", "Dict", "Final", "ForwardRef", "FrozenSet", "Generator",
    "Generic", "Hashable", "IO", "ItemsView", "Iterable", "Iterator", "KeysView", "List", "Literal", "LiteralString", "Mapping",
    "MappingView", "Match", "MutableMapping", "MutableSequence", "MutableSet", "NamedTuple", "Never", "NewType", "NoReturn",
    "NotRequired", "Optional", "OrderedDict", "ParamSpec", "ParamSpecArgs", "ParamSpecKwargs", "Pattern", "Protocol",
    "Required", "Reversible", "Self", "Sequence", "Set", "Sized", "SupportsAbs", "SupportsBytes", "SupportsComplex",
    "SupportsFloat", "SupportsIndex", "SupportsInt", "SupportsRound", "TYPE_CHECKING", "Text", "TextIO", "Tuple", "Type",
    "TypeAlias", "TypeGuard", "TypeVar", "TypeVarTuple", "TypedDict", "Union", "Unpack", "ValuesView", "assert_never",
    "assert_type", "cast", "clear_overloads", "dataclass_transform", "final", "get_args", "get_origin", "get_overloads",
    "get_type_hints", "is_typeddict", "no_type_check", "no_type_check_decorator", "overload", "reveal_type", "runtime_checkable",
]

TYPE_CHECKING = False


def _show(arg):
    """An argument of a hint as its repr shows it."""
    if arg is ...:
        return "..."
    if isinstance(arg, (list, tuple)):
        return "[" + ", ".join(map(_show, arg)) + "]"
    if isinstance(arg, type) and not isinstance(arg, _BuiltinAlias):
        return arg.__qualname__ if arg.__module__ == "builtins" else f"{arg.__module__}.{arg.__qualname__}"
    return repr(arg)


def _convert(arg):
    """None stands for its class, a text for a reference to be resolved later."""
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        return ForwardRef(arg)
    return arg


def _as_tuple(params):
    return params if isinstance(params, tuple) else (params,)


def _type_variables(args):
    """The type variables in some arguments, each once."""
    found = []
    for arg in args:
        if isinstance(arg, (TypeVar, ParamSpec, TypeVarTuple)):
            inner = (arg,)
        elif isinstance(arg, (list, tuple)):
            inner = _type_variables(arg)
        else:
            inner = getattr(arg, "__parameters__", ())
            if not isinstance(inner, tuple) or isinstance(arg, type):
                inner = ()
        for variable in inner:
            if variable not in found:
                found.append(variable)
    return tuple(found)


def _substitute(arg, mapping):
    if isinstance(arg, (TypeVar, ParamSpec)):
        return mapping.get(arg, arg)
    if isinstance(arg, list):
        return [_substitute(part, mapping) for part in arg]
    parameters = getattr(arg, "__parameters__", ())
    if isinstance(parameters, tuple) and parameters and not isinstance(arg, type):
        return arg[tuple(mapping.get(parameter, parameter) for parameter in parameters)]
    return arg


class _Hint:
    """What all hints share: they can be joined by `|`, and have no instances."""

    __slots__ = ()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")


def _refuse_check(self, cls):
    raise TypeError("Subscripted generics cannot be used with class and instance checks")


class ForwardRef(_Hint):
    """A hint given as text."""

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        self.__forward_arg__ = arg
        self.__forward_module__ = module

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        return f"ForwardRef({self.__forward_arg__!r})"


class _SpecialForm(_Hint):
    """A name such as Union or Any, which may take arguments."""

    __iter__ = None

    def __init__(self, name, getitem=None, doc=None):
        self._name = self.__name__ = self.__qualname__ = name
        self._getitem = getitem
        self.__doc__ = doc

    def __repr__(self):
        return "typing." + self._name

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __getitem__(self, parameters):
        if self._getitem is None:
            raise TypeError(f"{self!r} is not subscriptable")
        return self._getitem(self, parameters)

    def __reduce__(self):
        return self._name

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _GenericAlias(_Hint):
    """A hint with arguments: List[int], Union[int, str]."""

    def __init__(self, origin, args, *, name=None, inst=True):
        self.__origin__ = origin
        self.__args__ = args
        self.__parameters__ = _type_variables(args)
        self._name = name
        if name:
            self.__name__ = self.__qualname__ = name
        self._inst = inst
        self.__module__ = "typing"

    __instancecheck__ = __subclasscheck__ = _refuse_check

    def __iter__(self):
        origin = self.__origin__
        if origin is not Literal and (not isinstance(origin, type) or origin is collections.abc.Callable):
            raise TypeError(f"{type(self).__name__!r} object is not iterable")
        yield Unpack[self]

    def __getitem__(self, args):
        if self.__origin__ is Generic or self.__origin__ is Protocol:
            raise TypeError(f"Cannot subscript already-subscripted {self!r}")
        if not self.__parameters__:
            raise TypeError(f"{self!r} is not a generic class")
        args = tuple(map(_convert, _as_tuple(args)))
        if len(args) != len(self.__parameters__):
            word = "many" if len(args) > len(self.__parameters__) else "few"
            raise TypeError(
                f"Too {word} arguments for {self!r}; actual {len(args)}, expected {len(self.__parameters__)}"
            )
        mapping = dict(zip(self.__parameters__, args))
        new = tuple(_substitute(arg, mapping) for arg in self.__args__)
        if self.__origin__ is _union_marker:
            return Union[new]
        return self.__class__(self.__origin__, new, name=self._name, inst=self._inst)

    def __call__(self, *args, **kwargs):
        if not self._inst:
            name = self._name or self.__origin__.__name__
            raise TypeError(
                f"Type {name} cannot be instantiated; use {self.__origin__.__name__}() instead"
            )
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except AttributeError:
            pass
        return result

    def __getattr__(self, name):
        if "__origin__" in self.__dict__ and (name in ("__name__", "__qualname__") or not (name.startswith("__") and name.endswith("__"))):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __mro_entries__(self, bases):
        origin = self.__origin__
        if not isinstance(origin, type):
            raise TypeError(f"Cannot subclass {self!r}")
        if self._name:
            result = [origin]
            if origin not in bases and not any(
                isinstance(base, type) and issubclass(base, Generic)
                or isinstance(base, _GenericAlias) and base is not self
                for base in bases
            ):
                result.append(Generic)
            return tuple(result)
        if origin is Generic:
            if Protocol in bases:
                return ()
            index = list(bases).index(self)
            for base in bases[index + 1:]:
                if isinstance(base, _GenericAlias) and base is not self:
                    return ()
        return (origin,)

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __repr__(self):
        if self.__origin__ is Unpack:
            return f"*{self.__args__[0]!r}"
        name = "typing." + self._name if self._name else _show(self.__origin__)
        args = ", ".join(map(_show, self.__args__)) if self.__args__ else "()"
        return f"{name}[{args}]"

    def __reduce__(self):
        return _GenericAlias, (self.__origin__, self.__args__)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _UnionAlias(_GenericAlias):
    def __eq__(self, other):
        if not isinstance(other, (_UnionAlias, _UnionType)):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        none = type(None)
        if len(args) == 2 and none in args:
            other = args[0] if args[1] is none else args[1]
            return f"typing.Optional[{_show(other)}]"
        return f"typing.Union[{', '.join(map(_show, args))}]"

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, arg) for arg in self.__args__)


class _CallableAlias(_GenericAlias):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and (args[0] is ... or isinstance(args[0], ParamSpec)):
            return f"typing.Callable[{_show(args[0])}, {_show(args[1])}]"
        return f"typing.Callable[[{', '.join(map(_show, args[:-1]))}], {_show(args[-1])}]"


class _LiteralAlias(_GenericAlias):
    def __eq__(self, other):
        if not isinstance(other, _LiteralAlias):
            return NotImplemented
        return {(a, type(a)) for a in self.__args__} == {(a, type(a)) for a in other.__args__}

    def __hash__(self):
        return hash(frozenset((a, type(a)) for a in self.__args__))

    def __repr__(self):
        return f"typing.Literal[{', '.join(map(repr, self.__args__))}]"


class _AnnotatedAlias(_GenericAlias):
    def __init__(self, origin, metadata, **kwds):
        super().__init__(origin, (origin,), name="Annotated")
        self.__metadata__ = metadata

    def __getitem__(self, args):
        mapping = dict(zip(self.__parameters__, map(_convert, _as_tuple(args))))
        return _AnnotatedAlias(_substitute(self.__origin__, mapping), self.__metadata__)

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __repr__(self):
        return f"typing.Annotated[{_show(self.__origin__)}, {', '.join(map(repr, self.__metadata__))}]"


class _ClassAlias(_Hint):
    """A name such as List, which stands for a class and may take arguments."""

    __iter__ = None

    def __init__(self, origin, count, *, name=None, inst=True):
        self.__origin__ = origin
        self._count = count
        self._name = self.__name__ = self.__qualname__ = name or origin.__name__
        self._inst = inst
        self.__module__ = "typing"

    def __repr__(self):
        return "typing." + self._name

    def __getitem__(self, params):
        if self.__origin__ is tuple and params == ():
            return _GenericAlias(tuple, (), name="Tuple", inst=False)
        params = tuple(map(_convert, _as_tuple(params)))
        if self._count >= 0 and len(params) != self._count:
            word = "many" if len(params) > self._count else "few"
            raise TypeError(f"Too {word} arguments for {self!r}; actual {len(params)}, expected {self._count}")
        return _GenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(
                f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead"
            )
        return self.__origin__(*args, **kwargs)

    def __getattr__(self, name):
        if "__origin__" in self.__dict__ and not (name.startswith("__") and name.endswith("__")):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __mro_entries__(self, bases):
        if any(isinstance(base, type) and issubclass(base, Generic) for base in bases):
            return (self.__origin__,)
        return (self.__origin__, Generic)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)

    def __reduce__(self):
        return self._name


class _CallableType(_ClassAlias):
    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = params
        if isinstance(args, list):
            args = tuple(map(_convert, args))
        else:
            args = (_convert(args),)
        return _CallableAlias(self.__origin__, args + (_convert(result),), name="Callable", inst=False)


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class Any(metaclass=_AnyMeta):
    """Anything."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


def _flattened(parameters):
    found = []
    for arg in parameters:
        inner = arg.__args__ if isinstance(arg, (_UnionAlias, _UnionType)) else (arg,)
        for part in inner:
            if part not in found:
                found.append(part)
    return tuple(found)


_union_marker = None


def _make_union(self, parameters):
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    args = _flattened(map(_convert, _as_tuple(parameters)))
    return args[0] if len(args) == 1 else _UnionAlias(self, args, name="Union")


def _make_single(self, parameters):
    return _GenericAlias(self, (_convert(parameters),), name=self._name)


def _make_literal(self, parameters):
    args = []
    for arg in _as_tuple(parameters):
        for part in arg.__args__ if isinstance(arg, _LiteralAlias) else (arg,):
            if not any(part == other and type(part) is type(other) for other in args):
                args.append(part)
    return _LiteralAlias(self, tuple(args), name="Literal")


def _make_optional(self, parameter):
    return Union[parameter, None]


def _make_many(self, parameters):
    return _GenericAlias(self, tuple(map(_convert, _as_tuple(parameters))), name=self._name)


NoReturn = _SpecialForm("NoReturn")
Never = _SpecialForm("Never")
Self = _SpecialForm("Self")
LiteralString = _SpecialForm("LiteralString")
TypeAlias = _SpecialForm("TypeAlias")
ClassVar = _SpecialForm("ClassVar", _make_single)
Final = _SpecialForm("Final", _make_single)
Union = _SpecialForm("Union", _make_union)
_union_marker = Union
Optional = _SpecialForm("Optional", _make_optional)
Literal = _SpecialForm("Literal", _make_literal)
Concatenate = _SpecialForm("Concatenate", _make_many)
TypeGuard = _SpecialForm("TypeGuard", _make_single)
Required = _SpecialForm("Required", _make_single)
NotRequired = _SpecialForm("NotRequired", _make_single)
Unpack = _SpecialForm("Unpack", _make_single)


class Annotated:
    """A hint with other data: Annotated[int, ...]."""

    def __new__(cls, *args, **kwargs):
        raise TypeError("Type Annotated cannot be instantiated.")

    def __class_getitem__(cls, params):
        if not isinstance(params, tuple) or len(params) < 2:
            raise TypeError(
                "Annotated[...] should be used with at least two arguments (a type and an annotation)."
            )
        origin, metadata = _convert(params[0]), tuple(params[1:])
        if isinstance(origin, _AnnotatedAlias):
            origin, metadata = origin.__origin__, origin.__metadata__ + metadata
        return _AnnotatedAlias(origin, metadata)


def _caller():
    try:
        return sys._getframe(2).f_globals.get("__name__", "__main__")
    except (AttributeError, ValueError):
        return None


class TypeVar(_Hint):
    """A type that is left open."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        self.__name__ = name
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__constraints__ = tuple(map(_convert, constraints))
        self.__bound__ = None if bound is None else _convert(bound)
        self.__module__ = _caller()

    def __repr__(self):
        prefix = "+" if self.__covariant__ else "-" if self.__contravariant__ else "~"
        return prefix + self.__name__

    def __reduce__(self):
        return self.__name__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _ParamSpecPart(_Hint):
    """The arguments by position or by name of a `ParamSpec`."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.{self._name}"

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if type(self) is type(other) else NotImplemented

    __hash__ = None


class ParamSpecArgs(_ParamSpecPart):
    _name = "args"


class ParamSpecKwargs(_ParamSpecPart):
    _name = "kwargs"


class ParamSpec(TypeVar):
    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        super().__init__(name, bound=bound, covariant=covariant, contravariant=contravariant)
        self.__module__ = _caller()

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)


class TypeVarTuple(_Hint):
    def __init__(self, name):
        self.__name__ = name
        self.__module__ = _caller()

    def __reduce__(self):
        return self.__name__

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__


class NewType(_Hint):
    """A name for a type that is told apart from it."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition(".")[2]
        self.__supertype__ = tp
        self.__module__ = _caller()

    def __reduce__(self):
        return self.__qualname__

    def __call__(self, x, /):
        return x

    def __mro_entries__(self, bases):
        raise TypeError(
            f"Cannot subclass an instance of NewType. Perhaps you were looking for: "
            f"`{bases[0].__name__} = NewType({bases[0].__name__!r}, {self.__name__})`"
        )

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"


class Generic:
    """A class with open types: class Stack(Generic[T])."""

    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, params):
        params = tuple(map(_convert, _as_tuple(params)))
        if cls in (Generic, Protocol):
            if not params:
                raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
            if not all(isinstance(p, (TypeVar, ParamSpec, TypeVarTuple, _GenericAlias)) for p in params):
                raise TypeError(
                    f"Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables."
                )
            if len(set(params)) != len(params):
                raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
            return _GenericAlias(cls, params, name=None)
        expected = getattr(cls, "__parameters__", ())
        if not expected:
            raise TypeError(f"{cls} is not a generic class")
        if len(params) != len(expected) and not any(isinstance(p, (ParamSpec, TypeVarTuple)) for p in expected):
            word = "many" if len(params) > len(expected) else "few"
            raise TypeError(f"Too {word} arguments for {cls}; actual {len(params)}, expected {len(expected)}")
        return _GenericAlias(cls, params)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get("__orig_bases__", ())
        variables = _type_variables(bases)
        for base in bases:
            if isinstance(base, _GenericAlias) and base.__origin__ is Generic:
                variables = base.__parameters__
        cls.__parameters__ = tuple(variables)


_PROTOCOL_NAMES = frozenset(
    {
        "__abstractmethods__", "__annotations__", "__dict__", "__doc__", "__init__", "__module__", "__new__", "__slots__",
        "__subclasshook__", "__weakref__", "__class_getitem__", "__match_args__", "__orig_bases__", "__parameters__",
        "_is_protocol", "_is_runtime_protocol", "_abc_impl", "__qualname__", "__firstlineno__", "__static_attributes__",
    }
)


def _protocol_names(cls):
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ("Protocol", "Generic"):
            continue
        annotations = getattr(base, "__annotations__", {})
        for name in list(base.__dict__) + list(annotations):
            if not name.startswith("_abc_") and name not in _PROTOCOL_NAMES:
                names.add(name)
    return names


def _protocol_hook(cls, other):
    if not cls.__dict__.get("_is_protocol", False):
        return NotImplemented
    if not getattr(cls, "_is_runtime_protocol", False):
        raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
    for name in _protocol_names(cls):
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            if name in getattr(base, "__annotations__", {}) and getattr(other, "_is_protocol", False):
                break
        else:
            return NotImplemented
    return True


def _no_init(self, *args, **kwargs):
    """Protocols cannot be instantiated. A class that is none gets its real __init__ when it is first called, so that until
    then a decorator may give it one."""
    cls = type(self)
    if cls._is_protocol:
        raise TypeError("Protocols cannot be instantiated")
    if cls.__init__ is _no_init:
        inits = (base.__dict__.get("__init__", _no_init) for base in cls.__mro__)
        cls.__init__ = next(init for init in inits if init is not _no_init)
        cls.__init__(self, *args, **kwargs)


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        if getattr(cls, "_is_protocol", False):
            if not getattr(cls, "_is_runtime_protocol", False):
                raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
            if all(hasattr(instance, name) for name in _protocol_names(cls)):
                return True
        return super().__instancecheck__(instance)


class Protocol(Generic, metaclass=_ProtocolMeta):
    """A class that says what methods others must have."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get("_is_protocol", False):
            cls._is_protocol = any(
                base is Protocol or (isinstance(base, _GenericAlias) and base.__origin__ is Protocol)
                for base in cls.__dict__.get("__orig_bases__", cls.__bases__)
            )
        if "__subclasshook__" not in cls.__dict__:
            cls.__subclasshook__ = classmethod(_protocol_hook)
        if cls._is_protocol and cls.__init__ is object.__init__:
            cls.__init__ = _no_init


def runtime_checkable(cls):
    """Lets isinstance() ask whether an object has a protocol's methods."""
    if not isinstance(cls, type) or not getattr(cls, "_is_protocol", False):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    return cls


@runtime_checkable
class SupportsInt(Protocol):
    __slots__ = ()

    @abstractmethod
    def __int__(self):
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    __slots__ = ()

    @abstractmethod
    def __float__(self):
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    __slots__ = ()

    @abstractmethod
    def __index__(self):
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    __slots__ = ()

    @abstractmethod
    def __bytes__(self):
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    __slots__ = ()

    @abstractmethod
    def __complex__(self):
        pass


@runtime_checkable
class SupportsAbs(Protocol):
    __slots__ = ()

    @abstractmethod
    def __abs__(self):
        pass


@runtime_checkable
class SupportsRound(Protocol):
    __slots__ = ()

    @abstractmethod
    def __round__(self, ndigits=0):
        pass


T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")
AnyStr = TypeVar("AnyStr", bytes, str)
Text = str

_abc = collections.abc
List = _ClassAlias(list, 1, name="List", inst=False)
Dict = _ClassAlias(dict, 2, name="Dict", inst=False)
Set = _ClassAlias(set, 1, name="Set", inst=False)
FrozenSet = _ClassAlias(frozenset, 1, name="FrozenSet", inst=False)
Tuple = _ClassAlias(tuple, -1, name="Tuple", inst=False)
Type = _ClassAlias(type, 1, name="Type", inst=False)
Deque = _ClassAlias(collections.deque, 1, name="Deque")
DefaultDict = _ClassAlias(collections.defaultdict, 2, name="DefaultDict")
OrderedDict = _ClassAlias(collections.OrderedDict, 2, name="OrderedDict")
Counter = _ClassAlias(collections.Counter, 1, name="Counter")
ChainMap = _ClassAlias(collections.ChainMap, 2, name="ChainMap")
Hashable = _ClassAlias(_abc.Hashable, 0)
Sized = _ClassAlias(_abc.Sized, 0)
Awaitable = _ClassAlias(_abc.Awaitable, 1)
Coroutine = _ClassAlias(_abc.Coroutine, 3)
AsyncIterable = _ClassAlias(_abc.AsyncIterable, 1)
AsyncIterator = _ClassAlias(_abc.AsyncIterator, 1)
AsyncGenerator = _ClassAlias(_abc.AsyncGenerator, 2)
Iterable = _ClassAlias(_abc.Iterable, 1)
Iterator = _ClassAlias(_abc.Iterator, 1)
Generator = _ClassAlias(_abc.Generator, 3)
Reversible = _ClassAlias(_abc.Reversible, 1)
Container = _ClassAlias(_abc.Container, 1)
Collection = _ClassAlias(_abc.Collection, 1)
Callable = _CallableType(_abc.Callable, 2)
AbstractSet = _ClassAlias(_abc.Set, 1, name="AbstractSet")
MutableSet = _ClassAlias(_abc.MutableSet, 1)
Mapping = _ClassAlias(_abc.Mapping, 2)
MutableMapping = _ClassAlias(_abc.MutableMapping, 2)
Sequence = _ClassAlias(_abc.Sequence, 1)
MutableSequence = _ClassAlias(_abc.MutableSequence, 1)
ByteString = _ClassAlias(_abc.ByteString, 0)
MappingView = _ClassAlias(_abc.MappingView, 1)
KeysView = _ClassAlias(_abc.KeysView, 1)
ItemsView = _ClassAlias(_abc.ItemsView, 2)
ValuesView = _ClassAlias(_abc.ValuesView, 1)
Pattern = _ClassAlias(_re.Pattern, 1)
Match = _ClassAlias(_re.Match, 1)


class ContextManager(Generic[T]):
    pass


class AsyncContextManager(Generic[T]):
    pass


class IO(Generic[AnyStr]):
    __slots__ = ()


class TextIO(IO[str]):
    __slots__ = ()


class BinaryIO(IO[bytes]):
    __slots__ = ()


def get_origin(tp):
    """What stands before the brackets: list for List[int]."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_GenericAlias, _ClassAlias, _BuiltinAlias)):
        return tp.__origin__
    if isinstance(tp, _UnionType):
        return _UnionType
    return Generic if tp is Generic else None


def get_args(tp):
    """What stands in the brackets."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, _CallableAlias):
        args = tp.__args__
        if args and args[0] is ... or isinstance(args[0], ParamSpec):
            return args
        return (list(args[:-1]), args[-1])
    if isinstance(tp, (_GenericAlias, _BuiltinAlias, _UnionType)):
        return tp.__args__
    return ()


def _evaluated(hint, globalns, localns):
    if isinstance(hint, ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        namespace = {**globalns, **localns}
        _exec(f"__hint__ = (\n{hint}\n)", namespace)
        return _evaluated(_convert(namespace["__hint__"]), globalns, localns)
    if isinstance(hint, _GenericAlias):
        new = tuple(_evaluated(arg, globalns, localns) for arg in hint.__args__)
        if new == hint.__args__:
            return hint
        if isinstance(hint, _UnionAlias):
            return Union[new]
        return hint.__class__(hint.__origin__, new, name=hint._name, inst=hint._inst)
    if isinstance(hint, _BuiltinAlias):
        new = tuple(_evaluated(_convert(arg), globalns, localns) for arg in hint.__args__)
        return hint if new == hint.__args__ else _BuiltinAlias(hint.__origin__, new)
    return hint


def _without_extras(hint):
    if isinstance(hint, _AnnotatedAlias):
        return _without_extras(hint.__origin__)
    if isinstance(hint, _GenericAlias):
        if hint.__origin__ in (Required, NotRequired):
            return _without_extras(hint.__args__[0])
        new = tuple(map(_without_extras, hint.__args__))
        return hint if new == hint.__args__ else hint.__class__(hint.__origin__, new, name=hint._name, inst=hint._inst)
    return hint


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The hints of a class, function or module, with texts resolved."""
    hints = {}
    if getattr(obj, "__no_type_check__", None):
        return hints
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            module = sys.modules.get(base.__module__)
            scope = getattr(module, "__dict__", {}) if globalns is None else globalns
            for name, value in base.__dict__.get("__annotations__", {}).items():
                hints[name] = _evaluated(_convert(value), scope, localns or dict(vars(base)))
    else:
        annotations = getattr(obj, "__annotations__", None)
        if annotations is None:
            raise TypeError(f"{obj!r} is not a module, class, method, or function.")
        while hasattr(obj, "__wrapped__"):
            obj = obj.__wrapped__
        scope = globalns
        if scope is None:
            scope = getattr(obj, "__globals__", None) or getattr(obj, "__dict__", {})
        for name, value in annotations.items():
            hints[name] = _evaluated(_convert(value), scope, localns or {})
    return hints if include_extras else {name: _without_extras(hint) for name, hint in hints.items()}


def cast(typ, val):
    return val


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. A series of @overload-decorated functions outside a stub module "
        "should always be followed by an implementation that is not @overload-ed."
    )


def overload(func):
    return _overload_dummy


def get_overloads(func):
    return []


def clear_overloads():
    pass


def final(f):
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def no_type_check(arg):
    """Marks what has annotations that are no hints: a function, or a class with all that is in it."""
    if isinstance(arg, type):
        for name, inner in list(vars(arg).items()):
            if getattr(inner, "__qualname__", None) == f"{arg.__qualname__}.{name}":
                no_type_check(getattr(inner, "__func__", inner))
    try:
        arg.__no_type_check__ = True
    except (AttributeError, TypeError):
        pass
    return arg


def no_type_check_decorator(decorator):
    def marked(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))

    return functools.wraps(decorator)(marked)


def dataclass_transform(**kwargs):
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = kwargs
        return cls_or_fn

    return decorator


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


class _NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        types = ns.get("__annotations__", {})
        defaults = []
        for name in types:
            if name in ns:
                defaults.append(name)
            elif defaults:
                word = "s" if len(defaults) > 1 else ""
                raise TypeError(
                    f"Non-default namedtuple field {name} cannot follow default field{word} {', '.join(defaults)}"
                )
        made = collections.namedtuple(
            typename, types, defaults=[ns[name] for name in defaults], module=ns.get("__module__")
        )
        made.__annotations__ = made.__new__.__annotations__ = {name: _convert(tp) for name, tp in types.items()}
        for key, value in ns.items():
            if key in ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_make",
                       "_replace", "_asdict", "_source"):
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in ("__module__", "__name__", "__annotations__", "__orig_bases__") and key not in made._fields:
                setattr(made, key, value)
        return made


class _NamedTupleForm:
    """Named tuples with hints: class Point(NamedTuple)."""

    def __call__(self, typename, fields=None, /, **kwargs):
        if fields is None:
            fields = kwargs.items()
        fields = list(fields)
        made = collections.namedtuple(typename, [name for name, _ in fields], module=_caller())
        made.__annotations__ = {name: _convert(tp) for name, tp in fields}
        return made

    def __mro_entries__(self, bases):
        return (_NamedTupleBase,)

    def __repr__(self):
        return "<function NamedTuple>"


_NamedTupleBase = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
NamedTuple = _NamedTupleForm()


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        made = type.__new__(_TypedDictMeta, name, (dict,), ns)
        annotations, required, optional = {}, set(), set()
        for base in bases:
            annotations.update(base.__dict__.get("__annotations__", {}))
            required.update(base.__dict__.get("__required_keys__", ()))
            optional.update(base.__dict__.get("__optional_keys__", ()))
        for key, tp in ns.get("__annotations__", {}).items():
            tp = annotations[key] = _convert(tp)
            origin = get_origin(tp)
            if origin is Required or (origin is not NotRequired and total):
                required.add(key)
            else:
                optional.add(key)
        made.__annotations__ = annotations
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__total__ = total
        return made

    def __call__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        raise TypeError("TypedDict does not support instance and class checks")

    __subclasscheck__ = __instancecheck__


class _TypedDictForm:
    """Dicts whose keys have hints: class Movie(TypedDict)."""

    def __call__(self, typename, fields=None, /, *, total=True, **kwargs):
        ns = {"__annotations__": dict(kwargs if fields is None else fields)}
        module = _caller()
        if module is not None:
            ns["__module__"] = module
        return _TypedDictMeta(typename, (), ns, total=total)

    def __mro_entries__(self, bases):
        return (_TypedDictBase,)

    def __repr__(self):
        return "<function TypedDict>"


_TypedDictBase = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict = _TypedDictForm()
