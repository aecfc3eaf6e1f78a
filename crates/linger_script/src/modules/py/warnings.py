"""Warnings: written to the error stream, once for each place unless a filter says otherwise."""

import sys

__all__ = ["warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
           "catch_warnings"]

filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
_defaultaction = "default"
_onceregistry = {}
# The lines of text that warnings were about: there are no files to read them from.
_lines = {}


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (
            f"{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, "
            f"lineno : {self.lineno}, line : {self.line!r}}}"
        )


def formatwarning(message, category, filename, lineno, line=None):
    text = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    if line is None:
        line = _lines.get((filename, lineno))
    return text + f"  {line.strip()}\n" if line else text


def showwarning(message, category, filename, lineno, file=None, line=None):
    if file is None:
        file = sys.stderr
    file.write(formatwarning(message, category, filename, lineno, line))


_showwarning = showwarning


def simplefilter(action, category=Warning, lineno=0, append=False):
    _check_action(action)
    _add_filter((action, None, category, None, lineno), append)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    _check_action(action)
    _add_filter((action, message or None, category, module or None, lineno), append)


def _check_action(action):
    if action not in ("error", "ignore", "always", "default", "module", "once"):
        raise AssertionError(f"invalid action: {action!r}")


def _add_filter(item, append):
    if item in filters:
        filters.remove(item)
    if append:
        filters.append(item)
    else:
        filters.insert(0, item)


def resetwarnings():
    filters[:] = []


def _begins(pattern, text):
    """Whether a text begins as a pattern says. Patterns are plain texts unless `re` is needed to read them."""
    if pattern.replace(" ", "").replace("_", "").isalnum():
        return text.lower().startswith(pattern.lower())
    import re

    return re.match(pattern, text, re.I) is not None


def warn(message, category=None, stacklevel=1, source=None):
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    try:
        frame = sys._getframe(stacklevel)
        scope = frame.f_globals
        lineno = frame.f_lineno
        filename = frame.f_code.co_filename
        line = frame.f_code._source_line(lineno)
    except (ValueError, AttributeError):
        scope, lineno, filename, line = sys.__dict__, 1, "sys", None
    registry = scope.setdefault("__warningregistry__", {})
    module = scope.get("__name__", "<string>")
    _warn_at(message, category, filename, lineno, module, registry, source, line)


def _of_syntax(code, found):
    """Warns of what the compiler found in the text of some code."""
    for message, lineno in found:
        line = code._source_line(lineno)
        try:
            _warn_at(message, SyntaxWarning, code.co_filename, lineno, line=line)
        except SyntaxWarning:
            raise SyntaxError(message, (code.co_filename, lineno, 1, line or None)) from None


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    _warn_at(message, category, filename, lineno, module, registry, source)


def _warn_at(message, category, filename, lineno, module=None, registry=None, source=None, line=None):
    if registry is None:
        registry = {}
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    module = module or filename
    for action, pattern, kind, module_pattern, wanted_line in filters:
        if (
            (pattern is None or _begins(pattern, text))
            and issubclass(category, kind)
            and (module_pattern is None or _begins(module_pattern, module))
            and wanted_line in (0, lineno)
        ):
            break
    else:
        action = _defaultaction
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        once = (text, category)
        if _onceregistry.get(once):
            return
        _onceregistry[once] = 1
    elif action == "module":
        registry[key] = 1
        wide = (text, category, 0)
        if registry.get(wide):
            return
        registry[wide] = 1
    elif action == "default":
        registry[key] = 1
    if line:
        _lines[filename, lineno] = line
    _show(WarningMessage(message, category, filename, lineno, source=source))


def _show(msg):
    showwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)
    if msg.source is not None and showwarning is _showwarning:
        # Where an object was made is not kept; CPython says so too, unless told to keep it.
        sys.stderr.write(f"{msg.category.__name__}: Enable tracemalloc to get the object allocation traceback\n")


def _warn_unawaited_coroutine(coro):
    warn(f"coroutine '{coro.__qualname__}' was never awaited", RuntimeWarning, stacklevel=2, source=coro)


class catch_warnings:
    """Keeps filters as they were, and records warnings if asked to."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._filter = None if action is None else (action, category, lineno, append)
        self._entered = False

    def __enter__(self):
        global _show
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        self._filters = filters[:]
        self._show = _show
        if self._filter is not None:
            simplefilter(*self._filter)
        if self._record:
            log = []
            _show = log.append
            return log

    def __exit__(self, *exc_info):
        global _show
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        filters[:] = self._filters
        _show = self._show


def _deprecated(name, message=None, *, remove=None):
    warn(f"{name!r} is deprecated", DeprecationWarning, stacklevel=3)
