"""Exceptions and where they came from, as text."""

import sys

__all__ = [
    "extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack",
    "format_tb", "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb", "clear_frames",
    "FrameSummary", "StackSummary", "TracebackException", "walk_stack", "walk_tb",
]


class FrameSummary:
    """A line of a traceback."""

    __slots__ = ("filename", "lineno", "name", "line", "end_lineno", "colno", "end_colno", "locals", "_shown")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None,
                 end_colno=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.line = None if line is None else line.strip()
        self.locals = None if locals is None else {k: repr(v) for k, v in locals.items()}
        self.end_lineno = end_lineno
        self.colno = colno
        self._shown = None
        self.end_colno = end_colno

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return tuple(self) == tuple(other)
        if isinstance(other, tuple):
            return tuple(self) == other
        return NotImplemented

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


class StackSummary(list):
    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        found = _limited(list(frame_gen), limit)
        return klass(_summary(frame, lineno, capture_locals) for frame, lineno in found)

    @classmethod
    def from_list(klass, a_list):
        result = klass()
        for item in a_list:
            if isinstance(item, FrameSummary):
                result.append(item)
            else:
                filename, lineno, name, line = item
                result.append(FrameSummary(filename, lineno, name, line=line))
        return result

    def format_frame_summary(self, frame_summary):
        text = f'  File "{frame_summary.filename}", line {frame_summary.lineno}, in {frame_summary.name}\n'
        if frame_summary._shown is not None:
            text += frame_summary._shown
        elif frame_summary.line:
            text += f"    {frame_summary.line.strip()}\n"
        if frame_summary.locals:
            for name, value in sorted(frame_summary.locals.items()):
                text += f"    {name} = {value}\n"
        return text

    def format(self):
        result = []
        last, repeats = None, 0
        for item in self:
            key = (item.filename, item.lineno, item.name)
            if key != last:
                result.extend(_repeated(repeats))
                last, repeats = key, 0
            repeats += 1
            if repeats <= 3:
                result.append(self.format_frame_summary(item))
        result.extend(_repeated(repeats))
        return result


def _limited(found, limit):
    """As many of the first as asked for, or of the last if the limit is negative."""
    if limit is None:
        limit = getattr(sys, "tracebacklimit", None)
        if limit is None:
            return found
        limit = max(limit, 0)
    return found[:limit] if limit >= 0 else found[limit:]


def _summary(frame, lineno, capture_locals):
    code = frame.f_code
    names = frame.f_locals if capture_locals else None
    return FrameSummary(code.co_filename, lineno, code.co_name, locals=names, line=code._source_line(lineno))


def _repeated(repeats):
    if repeats > 3:
        more = repeats - 3
        yield f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n"


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    if f is None:
        f = sys._getframe(2)
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def extract_tb(tb, limit=None):
    return _extract_tb(tb, limit, False)


def _extract_tb(tb, limit, capture_locals):
    steps = []
    while tb is not None:
        steps.append(tb)
        tb = tb.tb_next
    result = StackSummary()
    for step in _limited(steps, limit):
        name, lineno, line, shown = step._shown
        frame = step.tb_frame
        summary = FrameSummary(frame.f_code.co_filename, lineno, name, line=line, locals=frame.f_locals if capture_locals else None)
        summary._shown = shown
        result.append(summary)
    return result


def format_tb(tb, limit=None):
    return extract_tb(tb, limit=limit).format()


def print_tb(tb, limit=None, file=None):
    _write(file, format_tb(tb, limit))


def extract_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe(1)
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def format_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe(1)
    return format_list(extract_stack(f, limit=limit))


def print_stack(f=None, limit=None, file=None):
    if f is None:
        f = sys._getframe(1)
    _write(file, format_stack(f, limit))


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    _write(file, format_list(extracted_list))


def _write(file, lines):
    if file is None:
        file = sys.stderr
    for line in lines:
        file.write(line)


def _text(value, what="exception", convert=str):
    try:
        return convert(value)
    except Exception:
        return f"<{what} {convert.__name__}() failed>"


_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_MISSING = object()


class _Page:
    """How many groups are around what is written, and whether the box of the innermost must still be closed."""

    def __init__(self):
        self.depth = 0
        self.needs_close = False

    def indent(self):
        return "  " * self.depth

    def shown(self, text, mark="| "):
        """A piece of text behind the margin."""
        if self.depth == 0:
            return text
        margin = self.indent() + mark
        return "".join(margin + line for line in text.splitlines(keepends=True))


class TracebackException:
    """All that is shown of an exception, without the exception."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, _seen=None):
        _seen = set() if _seen is None else _seen
        _seen.add(id(exc_value))
        self.stack = _extract_tb(exc_traceback, limit, capture_locals)
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self.exc_type = exc_type
        self._str = _text(exc_value)
        self.__notes__ = getattr(exc_value, "__notes__", None)
        self._syntax = None
        if exc_type and issubclass(exc_type, SyntaxError):
            self.filename = exc_value.filename
            self.lineno = exc_value.lineno
            self.text = exc_value.text
            self.offset = exc_value.offset
            self.end_offset = getattr(exc_value, "end_offset", None)
            self.msg = exc_value.msg
            self._syntax = True
        self.__suppress_context__ = getattr(exc_value, "__suppress_context__", False)
        def told(exc):
            if exc is None or id(exc) in _seen:
                return None
            return TracebackException(
                type(exc), exc, exc.__traceback__, limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals,
                compact=compact, max_group_width=max_group_width, max_group_depth=max_group_depth, _seen=_seen,
            )

        self.__cause__ = told(getattr(exc_value, "__cause__", None))
        hides_context = compact and (self.__cause__ is not None or self.__suppress_context__)
        self.__context__ = None if hides_context else told(getattr(exc_value, "__context__", None))
        self.exceptions = None
        if isinstance(exc_value, BaseExceptionGroup):
            self.exceptions = [told(exc) for exc in exc_value.exceptions]

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def __str__(self):
        return self._str

    def format_exception_only(self):
        if self.exc_type is None:
            yield _line(None, self._str)
            return
        name = self.exc_type.__qualname__
        module = self.exc_type.__module__
        if module not in ("__main__", "builtins"):
            name = f"{module}.{name}"
        if self._syntax:
            yield from self._format_syntax_error(name)
        else:
            yield _line(name, self._str)
        notes = self.__notes__
        if isinstance(notes, (list, tuple)):
            for note in notes:
                yield from (line + "\n" for line in _text(note, "note").split("\n"))
        elif notes is not None:
            yield _text(notes, "__notes__", repr)

    def _format_syntax_error(self, name):
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        text = self.text
        if text is not None:
            text = text.rstrip("\n")
            stripped = text.lstrip(" \n\f")
            yield f"    {stripped}\n"
            if self.offset is not None:
                end = self.end_offset if self.end_offset not in (None, 0) else self.offset
                if self.offset == end or end == -1:
                    end = self.offset + 1
                start = self.offset - 1 - (len(text) - len(stripped))
                if start >= 0:
                    space = "".join(c if c.isspace() else " " for c in stripped[:start])
                    yield f"    {space}{'^' * (end - self.offset)}\n"
        suffix = f" ({self.filename})" if self.filename is not None and self.lineno is None else ""
        yield f"{name}: {self.msg or '<no detail available>'}{suffix}\n"

    def format(self, *, chain=True, _ctx=None):
        page = _Page() if _ctx is None else _ctx
        exc, behind = self, []
        while exc is not None:
            message, origin = None, None
            if chain:
                if exc.__cause__ is not None:
                    message, origin = _CAUSE, exc.__cause__
                elif exc.__context__ is not None and not exc.__suppress_context__:
                    message, origin = _CONTEXT, exc.__context__
            behind.append((message, exc))
            exc = origin
        for message, exc in reversed(behind):
            if message is not None:
                yield page.shown(message)
            if exc.exceptions is None:
                if exc.stack:
                    yield page.shown("Traceback (most recent call last):\n")
                    yield from map(page.shown, exc.stack.format())
                yield from map(page.shown, exc.format_exception_only())
            elif page.depth > self.max_group_depth:
                yield page.shown(f"... (max_group_depth is {self.max_group_depth})\n")
            else:
                yield from self._format_group(exc, chain, page)

    def _format_group(self, exc, chain, page):
        """A group and its parts, each a column further in."""
        is_outermost = page.depth == 0
        page.depth += is_outermost
        if exc.stack:
            yield page.shown("Exception Group Traceback (most recent call last):\n", "+ " if is_outermost else "| ")
            yield from map(page.shown, exc.stack.format())
        yield from map(page.shown, exc.format_exception_only())
        count, width = len(exc.exceptions), self.max_group_width
        shown = min(count, width + 1)
        page.needs_close = False
        for index in range(shown):
            page.needs_close |= index + 1 == shown
            title = index + 1 if index < width else "..."
            yield f"{page.indent()}{'+-' if index == 0 else '  '}+---------------- {title} ----------------\n"
            page.depth += 1
            if index < width:
                yield from exc.exceptions[index].format(chain=chain, _ctx=page)
            else:
                more = count - width
                yield page.shown(f"and {more} more exception{'s' if more > 1 else ''}\n")
            if index + 1 == shown and page.needs_close:
                yield f"{page.indent()}+------------------------------------\n"
                page.needs_close = False
            page.depth -= 1
        page.depth -= is_outermost

    def print(self, *, file=None, chain=True):
        _write(file, self.format(chain=chain))


def _line(name, text):
    if name is None:
        return f"{text}\n"
    return f"{name}: {text}\n" if text else f"{name}\n"


def _parse(exc, value, tb):
    if value is _MISSING and tb is _MISSING:
        if exc is not None and not isinstance(exc, BaseException):
            raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
        return type(exc), exc, getattr(exc, "__traceback__", None)
    if value is _MISSING or tb is _MISSING:
        raise ValueError("Both or neither of value and tb must be given")
    return type(value), value, tb


def format_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, chain=True):
    exc_type, value, tb = _parse(exc, value, tb)
    return list(TracebackException(exc_type, value, tb, limit=limit).format(chain=chain))


def format_exception_only(exc, /, value=_MISSING):
    if value is _MISSING:
        value = exc
    return list(TracebackException(type(value), value, None).format_exception_only())


def print_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, file=None, chain=True):
    _write(file, format_exception(exc, value, tb, limit, chain))


def print_exc(limit=None, file=None, chain=True):
    _write(file, [format_exc(limit, chain)])


def format_exc(limit=None, chain=True):
    value = sys.exc_info()[1]
    if value is None:
        return "NoneType: None\n"
    return "".join(format_exception(value, limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    if not hasattr(sys, "last_value"):
        raise ValueError("no last exception")
    print_exception(sys.last_value, limit=limit, file=file, chain=chain)


def clear_frames(tb):
    """The frames of a traceback keep nothing: there is nothing to clear."""
