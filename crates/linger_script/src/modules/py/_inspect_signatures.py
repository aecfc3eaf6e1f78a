"""The parameters of callables, as `inspect` tells of them."""

import types
from collections import OrderedDict
from functools import partial as _partial
from keyword import iskeyword

CO_VARARGS, CO_VARKEYWORDS = 4, 8


def _is_function(object):
    return isinstance(object, types.FunctionType)


def _is_method(object):
    return isinstance(object, types.MethodType)


def unwrap(func, *, stop=None):
    whole, seen = func, {id(func)}
    while hasattr(func, "__wrapped__") and (stop is None or not stop(func)):
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f"wrapper loop when unwrapping {whole!r}")
        seen.add(id(func))
    return func


class _empty:
    """Stands for a default or annotation that is not there."""

    __module__ = "inspect"


class _void:
    """Stands for what `replace` is to keep."""


class _ParameterKind(int):
    __module__ = "inspect"
    _names = ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD")

    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {int(self)}>"

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self._names[int(self)]

    @property
    def description(self):
        return ("positional-only", "positional or keyword", "variadic positional", "keyword-only",
                "variadic keyword")[int(self)]


def formatannotation(annotation, base_module=None):
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    text = repr(annotation)
    return text.replace("typing.", "") if getattr(annotation, "__module__", None) == "typing" else text


class Parameter:
    __module__ = "inspect"
    __slots__ = ("_name", "_kind", "_default", "_annotation")

    POSITIONAL_ONLY = _ParameterKind(0)
    POSITIONAL_OR_KEYWORD = _ParameterKind(1)
    VAR_POSITIONAL = _ParameterKind(2)
    KEYWORD_ONLY = _ParameterKind(3)
    VAR_KEYWORD = _ParameterKind(4)
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        if not isinstance(kind, int) or not 0 <= kind <= 4:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        kind = _KINDS[kind]
        if default is not _empty and kind in (self.VAR_POSITIONAL, self.VAR_KEYWORD):
            raise ValueError(f"{kind.description} parameters cannot have default values")
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if not name.isidentifier() and name[:1] != "." or iskeyword(name) and kind != self.POSITIONAL_ONLY:
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name = name
        self._kind = kind
        self._default = default
        self._annotation = annotation

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        return type(self)(
            self._name if name is _void else name,
            self._kind if kind is _void else kind,
            default=self._default if default is _void else default,
            annotation=self._annotation if annotation is _void else annotation,
        )

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text = f"{text}: {formatannotation(self._annotation)}"
        if self._default is not _empty:
            text += f" = {self._default!r}" if self._annotation is not _empty else f"={self._default!r}"
        if self._kind == self.VAR_POSITIONAL:
            text = "*" + text
        elif self._kind == self.VAR_KEYWORD:
            text = "**" + text
        return text

    def __repr__(self):
        return f'<Parameter "{self}">'

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self._name, self._kind, self._default, self._annotation) == (
            other._name, other._kind, other._default, other._annotation,
        )

    def __hash__(self):
        return hash((self._name, self._kind, self._annotation, self._default))


_KINDS = (
    Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD, Parameter.VAR_POSITIONAL, Parameter.KEYWORD_ONLY,
    Parameter.VAR_KEYWORD,
)


class BoundArguments:
    __module__ = "inspect"

    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    @property
    def args(self):
        args = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind in (Parameter.VAR_KEYWORD, Parameter.KEYWORD_ONLY) or name not in self.arguments:
                break
            if parameter.kind == Parameter.VAR_POSITIONAL:
                args.extend(self.arguments[name])
            else:
                args.append(self.arguments[name])
        return tuple(args)

    @property
    def kwargs(self):
        kwargs = {}
        for name, parameter in self.signature.parameters.items():
            if name not in self.arguments:
                continue
            if parameter.kind == Parameter.VAR_KEYWORD:
                kwargs.update(self.arguments[name])
            elif parameter.kind == Parameter.KEYWORD_ONLY:
                kwargs[name] = self.arguments[name]
        return kwargs

    def apply_defaults(self):
        arguments = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                arguments[name] = self.arguments[name]
            elif parameter.default is not _empty:
                arguments[name] = parameter.default
            elif parameter.kind == Parameter.VAR_POSITIONAL:
                arguments[name] = ()
            elif parameter.kind == Parameter.VAR_KEYWORD:
                arguments[name] = {}
        self.arguments = arguments

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __repr__(self):
        return f"<BoundArguments ({', '.join(f'{n}={v!r}' for n, v in self.arguments.items())})>"


class Signature:
    __module__ = "inspect"
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        self._parameters = OrderedDict()
        last, has_default = Parameter.POSITIONAL_ONLY, False
        for parameter in parameters or ():
            kind, name = parameter.kind, parameter.name
            if kind < last:
                raise ValueError(f"wrong parameter order: {last.description} parameter before {kind.description} parameter")
            if kind <= Parameter.POSITIONAL_OR_KEYWORD:
                if has_default and parameter.default is _empty:
                    raise ValueError("non-default argument follows default argument")
                has_default = has_default or parameter.default is not _empty
            if name in self._parameters:
                raise ValueError(f"duplicate parameter name: {name!r}")
            self._parameters[name] = parameter
            last = kind
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, **options):
        return signature(obj, follow_wrapped=follow_wrapped)

    @property
    def parameters(self):
        return types.MappingProxyType(self._parameters)

    @property
    def return_annotation(self):
        return self._return_annotation

    def replace(self, *, parameters=_void, return_annotation=_void):
        return type(self)(
            self._parameters.values() if parameters is _void else parameters,
            return_annotation=self._return_annotation if return_annotation is _void else return_annotation,
        )

    def __str__(self):
        parts = []
        positional_only = star = False
        for parameter in self._parameters.values():
            kind = parameter.kind
            if kind == Parameter.POSITIONAL_ONLY:
                positional_only = True
            elif positional_only:
                parts.append("/")
                positional_only = False
            if kind == Parameter.VAR_POSITIONAL:
                star = True
            elif kind == Parameter.KEYWORD_ONLY and not star:
                parts.append("*")
                star = True
            parts.append(str(parameter))
        if positional_only:
            parts.append("/")
        text = f"({', '.join(parts)})"
        if self._return_annotation is not _empty:
            text += f" -> {formatannotation(self._return_annotation)}"
        return text

    def __repr__(self):
        return f"<Signature {self}>"

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return self._comparable() == other._comparable()

    def _comparable(self):
        """Parameters that are given by name alone have no order."""
        parameters = self._parameters.values()
        return (
            [parameter for parameter in parameters if parameter.kind != Parameter.KEYWORD_ONLY],
            {name: parameter for name, parameter in self._parameters.items() if parameter.kind == Parameter.KEYWORD_ONLY},
            self._return_annotation,
        )

    def __hash__(self):
        parameters = self._parameters.values()
        by_place = tuple(parameter for parameter in parameters if parameter.kind != Parameter.KEYWORD_ONLY)
        by_name = frozenset(parameter for parameter in parameters if parameter.kind == Parameter.KEYWORD_ONLY)
        return hash((by_place, by_name, self._return_annotation))

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def _bind(self, args, kwargs, partial):
        arguments = {}
        args = list(args)
        rest = None
        for name, parameter in self._parameters.items():
            kind = parameter.kind
            if kind == Parameter.VAR_POSITIONAL:
                if args:
                    arguments[name] = tuple(args)
                    args = []
            elif kind == Parameter.VAR_KEYWORD:
                rest = name
            elif kind != Parameter.KEYWORD_ONLY and args:
                if name in kwargs and kind == Parameter.POSITIONAL_OR_KEYWORD:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = args.pop(0)
            elif name in kwargs and kind != Parameter.POSITIONAL_ONLY:
                arguments[name] = kwargs.pop(name)
            elif parameter.default is _empty and not partial:
                raise TypeError(f"missing a required argument: {name!r}")
        if args:
            raise TypeError("too many positional arguments")
        if kwargs:
            if rest is None:
                raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
            arguments[rest] = kwargs
        return BoundArguments(self, arguments)


def _of_function(func):
    code = func.__code__
    names = code.co_varnames
    count = code.co_argcount
    positional_only = code.co_posonlyargcount
    keyword_only = code.co_kwonlyargcount
    annotations = getattr(func, "__annotations__", {})
    defaults = func.__defaults__ or ()
    keyword_defaults = func.__kwdefaults__ or {}
    first_default = count - len(defaults)
    parameters = []

    def add(name, kind, default=_empty):
        parameters.append(Parameter(name, kind, default=default, annotation=annotations.get(name, _empty)))

    for index, name in enumerate(names[:count]):
        kind = Parameter.POSITIONAL_ONLY if index < positional_only else Parameter.POSITIONAL_OR_KEYWORD
        add(name, kind, defaults[index - first_default] if index >= first_default else _empty)
    after = count + keyword_only
    if code.co_flags & CO_VARARGS:
        add(names[after], Parameter.VAR_POSITIONAL)
        after += 1
    for name in names[count:count + keyword_only]:
        add(name, Parameter.KEYWORD_ONLY, keyword_defaults.get(name, _empty))
    if code.co_flags & CO_VARKEYWORDS:
        add(names[after], Parameter.VAR_KEYWORD)
    return Signature(parameters, return_annotation=annotations.get("return", _empty))


def _without_first(sig):
    parameters = list(sig.parameters.values())
    if not parameters:
        raise ValueError("invalid method signature")
    if parameters[0].kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD):
        parameters = parameters[1:]
    return sig.replace(parameters=parameters)


def _of_partial(obj):
    """What is left to give: arguments given by position are gone, those given by name have become defaults by name only."""
    whole = signature(obj.func)
    try:
        bound = whole.bind_partial(*obj.args, **obj.keywords)
    except TypeError as error:
        raise ValueError(f"partial object {obj!r} has incorrect arguments") from error
    left = []
    by_name = False
    for name, parameter in whole.parameters.items():
        kind = parameter.kind
        if name in obj.keywords and kind != Parameter.VAR_KEYWORD:
            by_name = by_name or kind == Parameter.POSITIONAL_OR_KEYWORD
            left.append(parameter.replace(kind=Parameter.KEYWORD_ONLY, default=obj.keywords[name]))
        elif kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD) and name in bound.arguments:
            continue
        elif by_name and kind == Parameter.POSITIONAL_OR_KEYWORD:
            left.append(parameter.replace(kind=Parameter.KEYWORD_ONLY))
        elif not (by_name and kind == Parameter.VAR_POSITIONAL):
            left.append(parameter)
    return whole.replace(parameters=left)


def signature(obj, *, follow_wrapped=True, **options):
    """The parameters of a callable."""
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if _is_method(obj):
        return _without_first(signature(obj.__func__))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__"))
        if _is_method(obj):
            return signature(obj)
    own = getattr(obj, "__signature__", None)
    if own is not None:
        return own
    if _is_function(obj):
        return _of_function(obj)
    if isinstance(obj, _partial):
        return _of_partial(obj)
    if isinstance(obj, type):
        for base in obj.__mro__:
            for name in ("__new__", "__init__"):
                method = base.__dict__.get(name)
                if isinstance(method, staticmethod):
                    method = method.__func__
                if _is_function(method):
                    return _without_first(_of_function(method))
        if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return Signature()
        raise ValueError(f"no signature found for builtin type {obj!r}")
    call = getattr(type(obj), "__call__", None)
    if _is_function(call):
        return _without_first(_of_function(call))
    raise ValueError(f"no signature found for builtin {obj!r}")
