"""Copies of objects, shallow and deep."""

import types
import weakref
from copyreg import __newobj__, __newobj_ex__, _slotnames, dispatch_table

__all__ = ["Error", "copy", "deepcopy"]


class Error(Exception):
    pass


error = Error

_ATOMIC = frozenset(
    {
        type(None), int, float, bool, complex, str, bytes, type, range, property, types.EllipsisType, types.NotImplementedType,
        types.FunctionType, types.BuiltinFunctionType, types.CodeType, types.MethodDescriptorType, types.WrapperDescriptorType, types.MethodWrapperType, types.UnionType, types.GenericAlias, weakref.ref,
    }
)
_COPIED = frozenset({list, dict, set, bytearray})
_SHARED = frozenset({tuple, frozenset, slice})


def copy(x):
    """A shallow copy."""
    cls = type(x)
    if cls in _ATOMIC or cls in _SHARED:
        return x
    if cls in _COPIED:
        return x.copy()
    if issubclass(cls, type):
        return x
    copier = getattr(cls, "__copy__", None)
    if copier is not None:
        return copier(x)
    reduced = _reduced(x, cls)
    return x if isinstance(reduced, str) else _reconstruct(x, None, *reduced)


def _reduced(x, cls):
    """How an object is put together: function, arguments, state, items."""
    reductor = dispatch_table.get(cls)
    if reductor is not None:
        return reductor(x)
    reductor = getattr(cls, "__reduce_ex__", None)
    if reductor is not None and reductor is not object.__reduce_ex__:
        return reductor(x, 4)
    reductor = getattr(cls, "__reduce__", None)
    if reductor is not None and reductor is not object.__reduce__:
        return reductor(x)
    return _reduce_object(x, cls)


def _reduce_object(x, cls):
    """The same for objects that say nothing about it: a new one with the same attributes and items."""
    if not hasattr(cls, "__new__") or cls in _UNCOPYABLE:
        raise TypeError(f"cannot pickle {cls.__name__!r} object")
    kwargs = {}
    get_args = getattr(cls, "__getnewargs_ex__", None)
    if get_args is not None:
        args, kwargs = get_args(x)
    elif hasattr(cls, "__getnewargs__"):
        args = cls.__getnewargs__(x)
    else:
        args = ()
        for base in (int, float, str, bytes, tuple, frozenset):
            if isinstance(x, base):
                args = (base(x),)
                break
        else:
            if isinstance(x, BaseException):
                args = x.args
    get_state = getattr(cls, "__getstate__", None)
    if get_state is not None and get_state is not getattr(object, "__getstate__", None):
        state = get_state(x)
    else:
        state = getattr(x, "__dict__", None) or None
        slots = {}
        for name in _slotnames(cls):
            try:
                slots[name] = getattr(x, name)
            except AttributeError:
                pass
        if slots:
            state = (state, slots)
    listitems = iter(x) if isinstance(x, list) else None
    dictitems = iter(dict.items(x)) if isinstance(x, dict) else None
    if isinstance(x, set):
        return cls, (list(x),), state, None, None
    if isinstance(x, bytearray):
        return cls, (bytes(x),), state, None, None
    if kwargs:
        return __newobj_ex__, (cls, args, kwargs), state, listitems, dictitems
    return __newobj__, (cls, *args), state, listitems, dictitems


_UNCOPYABLE = frozenset({types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType, types.ModuleType})


def deepcopy(x, memo=None, _nil=[]):
    """A copy whose parts are copies too."""
    cls = type(x)
    if cls in _ATOMIC:
        return x
    if memo is None:
        memo = {}
    key = id(x)
    known = memo.get(key, _nil)
    if known is not _nil:
        return known
    copier = _deep.get(cls)
    if copier is not None:
        y = copier(x, memo)
    elif issubclass(cls, type):
        y = x
    else:
        copier = getattr(x, "__deepcopy__", None)
        if copier is not None:
            y = copier(memo)
        else:
            reduced = _reduced(x, cls)
            y = x if isinstance(reduced, str) else _reconstruct(x, memo, *reduced)
    if y is not x:
        memo[key] = y
        _keep_alive(x, memo)
    return y


def _keep_alive(x, memo):
    """Keeps what was copied alive as long as the memo: another object must not get its id."""
    try:
        memo[id(memo)].append(x)
    except KeyError:
        memo[id(memo)] = [x]


def _deepcopy_list(x, memo):
    y = []
    memo[id(x)] = y
    append = y.append
    for item in x:
        append(deepcopy(item, memo))
    return y


def _deepcopy_tuple(x, memo):
    y = [deepcopy(item, memo) for item in x]
    try:
        return memo[id(x)]
    except KeyError:
        pass
    for old, new in zip(x, y):
        if old is not new:
            return tuple(y)
    return x


def _deepcopy_dict(x, memo):
    y = {}
    memo[id(x)] = y
    for key, value in x.items():
        y[deepcopy(key, memo)] = deepcopy(value, memo)
    return y


def _deepcopy_set(x, memo):
    y = set()
    memo[id(x)] = y
    for item in x:
        y.add(deepcopy(item, memo))
    return y


def _deepcopy_frozenset(x, memo):
    return frozenset([deepcopy(item, memo) for item in x])


def _deepcopy_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


def _deepcopy_bytearray(x, memo):
    return bytearray(x)


_deep = {
    list: _deepcopy_list,
    tuple: _deepcopy_tuple,
    dict: _deepcopy_dict,
    set: _deepcopy_set,
    frozenset: _deepcopy_frozenset,
    bytearray: _deepcopy_bytearray,
    types.MethodType: _deepcopy_method,
}


def _reconstruct(x, memo, func, args, state=None, listiter=None, dictiter=None):
    deep = memo is not None
    if deep and args:
        args = [deepcopy(arg, memo) for arg in args]
    y = func(*args)
    if deep:
        memo[id(x)] = y
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(y, "__setstate__"):
            y.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state:
                y.__dict__.update(state)
            if slots:
                for name, value in slots.items():
                    setattr(y, name, value)
    if listiter is not None:
        for item in listiter:
            y.append(deepcopy(item, memo) if deep else item)
    if dictiter is not None:
        for key, value in dictiter:
            if deep:
                key = deepcopy(key, memo)
                value = deepcopy(value, memo)
            y[key] = value
    return y
