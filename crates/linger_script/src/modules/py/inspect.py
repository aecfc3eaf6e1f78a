"""What functions and classes look like from outside: signatures, and questions about kinds of objects."""

import builtins
import sys
import types
from builtins import object as _object
from collections import namedtuple
from functools import partial as _partial

from _inspect_frames import (
    ArgInfo, Arguments, FrameInfo, Traceback, currentframe, getargs, getargvalues, getfile, getframeinfo, getinnerframes,
    getouterframes, getsource, getsourcefile, getsourcelines, stack, trace,
)
from _inspect_signatures import (
    BoundArguments, Parameter, Signature, _empty, _ParameterKind, formatannotation, signature, unwrap,
)

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS = 1, 2, 4, 8
CO_NESTED, CO_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 16, 32, 128, 256, 512


def isclass(object):
    return isinstance(object, type)


def ismodule(object):
    return isinstance(object, types.ModuleType)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def ismethod(object):
    return isinstance(object, types.MethodType)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType)


def isroutine(object):
    return isinstance(
        object, (types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.MethodWrapperType)
    ) or ismethoddescriptor(object)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, types.CoroutineType)


def isasyncgen(object):
    return isinstance(object, types.AsyncGeneratorType)


def isframe(object):
    return isinstance(object, types.FrameType)


def ismethodwrapper(object):
    return isinstance(object, types.MethodWrapperType)


def ismethoddescriptor(object):
    """What binds as a method does, and is no function."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    return hasattr(kind, "__get__") and not hasattr(kind, "__set__")


def isgetsetdescriptor(object):
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    return isinstance(object, types.MemberDescriptorType)


def iscode(object):
    return isinstance(object, types.CodeType)


def istraceback(object):
    return isinstance(object, types.TracebackType)


def _has_flag(object, flag):
    while True:
        if ismethod(object):
            object = object.__func__
        elif isinstance(object, _partial):
            object = object.func
        else:
            break
    return isfunction(object) and bool(object.__code__.co_flags & flag)


def isgeneratorfunction(object):
    return _has_flag(object, CO_GENERATOR)


def iscoroutinefunction(object):
    return _has_flag(object, CO_COROUTINE)


def isasyncgenfunction(object):
    return _has_flag(object, CO_ASYNC_GENERATOR)


def isawaitable(object):
    if isgenerator(object):
        return bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
    return iscoroutine(object) or hasattr(type(object), "__await__")


def isabstract(object):
    return isclass(object) and bool(getattr(object, "__abstractmethods__", None))


def isdatadescriptor(object):
    return not isclass(object) and (hasattr(type(object), "__set__") or hasattr(type(object), "__delete__"))


def getmembers(object, predicate=None):
    found = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    found.sort(key=lambda pair: pair[0])
    return found


def getmro(cls):
    return cls.__mro__


def cleandoc(doc):
    """A docstring without the indentation of its source."""
    lines = doc.expandtabs().split("\n")
    margin = None
    for line in lines[1:]:
        content = len(line.lstrip())
        if content:
            indent = len(line) - content
            margin = indent if margin is None else min(margin, indent)
    if lines:
        lines[0] = lines[0].lstrip()
    if margin is not None:
        lines[1:] = [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    if doc is None:
        doc = _inherited_doc(object)
    return cleandoc(doc) if isinstance(doc, str) else None


def _inherited_doc(object):
    """What the nearest class above says of a class, or of its method of that name."""
    if isclass(object):
        return next((base.__doc__ for base in object.__mro__ if base is not _object and base.__doc__ is not None), None)
    if isinstance(object, property):
        object = object.fget
    if ismethod(object):
        holder = object.__self__ if isclass(object.__self__) else type(object.__self__)
    elif isfunction(object):
        holder = sys.modules.get(object.__module__)
        for name in object.__qualname__.split(".")[:-1]:
            holder = getattr(holder, name, None)
    else:
        return None
    for base in getattr(holder, "__mro__", ()):
        doc = getattr(getattr(base, object.__name__, None), "__doc__", None)
        if doc is not None:
            return doc
    return None


FullArgSpec = namedtuple("FullArgSpec", "args varargs varkw defaults kwonlyargs kwonlydefaults annotations")
ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")


def getclosurevars(func):
    """The names that a function has from outside, and what they are."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    code = func.__code__
    nonlocals = {name: cell.cell_contents for name, cell in zip(code.co_freevars, func.__closure__ or ())}
    known, builtin, unbound = {}, {}, set()
    for name in code.co_names:
        if name in ("None", "True", "False"):
            continue
        if name in func.__globals__:
            known[name] = func.__globals__[name]
        elif hasattr(builtins, name):
            builtin[name] = getattr(builtins, name)
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, known, builtin, unbound)


def getcallargs(func, /, *positional, **named):
    """The parameters of a function, and what they would be in such a call."""
    whole = signature(func.__func__ if ismethod(func) else func)
    bound = whole.bind(func.__self__, *positional, **named) if ismethod(func) else whole.bind(*positional, **named)
    bound.apply_defaults()
    return dict(bound.arguments)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """The annotations of a module, class or function, as a dict of their own."""
    found = obj.__dict__.get("__annotations__") if isclass(obj) else getattr(obj, "__annotations__", None)
    if found is not None and not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    found = dict(found or {})
    if eval_str:
        if globals is None:
            holder = sys.modules.get(getattr(obj, "__module__", None))
            globals = getattr(unwrap(obj), "__globals__", None) or getattr(holder, "__dict__", {})
        if locals is None and isclass(obj):
            locals = dict(vars(obj))
        found = {name: eval(value, globals, locals) if isinstance(value, str) else value for name, value in found.items()}
    return found


def getfullargspec(func):
    try:
        whole = signature(func, follow_wrapped=False)
    except Exception as error:
        raise TypeError("unsupported callable") from error
    # What a method is bound to is told, too.
    whole_of = func.__func__ if ismethod(func) else func.__init__ if isclass(func) else None
    if isfunction(whole_of):
        whole = signature(whole_of, follow_wrapped=False)
    args, names, defaults, named_defaults, annotations = [], [], [], {}, {}
    if whole.return_annotation is not _empty:
        annotations["return"] = whole.return_annotation
    varargs = varkw = None
    for name, parameter in whole.parameters.items():
        kind = parameter.kind
        if kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD):
            args.append(name)
            if parameter.default is not _empty:
                defaults.append(parameter.default)
        elif kind == Parameter.VAR_POSITIONAL:
            varargs = name
        elif kind == Parameter.KEYWORD_ONLY:
            names.append(name)
            if parameter.default is not _empty:
                named_defaults[name] = parameter.default
        else:
            varkw = name
        if parameter.annotation is not _empty:
            annotations[name] = parameter.annotation
    return FullArgSpec(args, varargs, varkw, tuple(defaults) or None, names, named_defaults or None, annotations)


def getmodule(object):
    if ismodule(object):
        return object
    return sys.modules.get(getattr(object, "__module__", None))


def getattr_static(obj, attr, default=_empty):
    for holder in (obj, *type(obj).__mro__):
        found = getattr(holder, "__dict__", {})
        if attr in found:
            return found[attr]
    if default is not _empty:
        return default
    raise AttributeError(attr)


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"


def _state(of, kind, names):
    created, running, suspended, closed = names
    if getattr(of, f"{kind}_running"):
        return running
    if getattr(of, f"{kind}_suspended"):
        return suspended
    return closed if getattr(of, f"{kind}_frame") is None else created


def getgeneratorstate(generator):
    return _state(generator, "gi", (GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED))


def getcoroutinestate(coroutine):
    return _state(coroutine, "cr", (CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED))


def getgeneratorlocals(generator):
    if not isgenerator(generator):
        raise TypeError(f"{generator!r} is not a Python generator")
    return {} if generator.gi_frame is None else generator.gi_frame.f_locals


def getcoroutinelocals(coroutine):
    return {} if coroutine.cr_frame is None else coroutine.cr_frame.f_locals
