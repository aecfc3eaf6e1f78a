"""Tables as lines of text, their fields between commas."""

import io
import re

__all__ = [
    "QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "Error", "Dialect", "excel", "excel_tab", "unix_dialect",
    "field_size_limit", "reader", "writer", "register_dialect", "get_dialect", "list_dialects", "unregister_dialect", "Sniffer",
    "DictReader", "DictWriter",
]

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)
_limit = 131072
_dialects = {}


class Error(Exception):
    """A table that cannot be read or written."""


class Dialect:
    """How a table is written."""

    delimiter = ","
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL
    strict = False


class excel(Dialect):
    """The one that spreadsheets write."""


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    lineterminator = "\n"
    quoting = QUOTE_ALL


_NAMES = ("delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict")


class _Settings:
    """A dialect with what was set beside it, checked."""

    def __init__(self, dialect, settings):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        base = Dialect if dialect is None else dialect
        for name in _NAMES:
            setattr(self, name, settings.pop(name, getattr(base, name, getattr(Dialect, name))))
        if settings:
            raise TypeError(f"{next(iter(settings))!r} is an invalid keyword argument for this function")
        self._check()

    def _check(self):
        if not isinstance(self.delimiter, str):
            raise TypeError(f'"delimiter" must be string, not {type(self.delimiter).__name__}')
        if len(self.delimiter) != 1:
            raise TypeError('"delimiter" must be a 1-character string')
        for name in ("escapechar", "quotechar"):
            value = getattr(self, name)
            if value is not None and not isinstance(value, str):
                raise TypeError(f'"{name}" must be string or None, not {type(value).__name__}')
            if value is not None and len(value) != 1:
                raise TypeError(f'"{name}" must be a 1-character string')
        if not isinstance(self.quoting, int):
            raise TypeError(f'"quoting" must be an integer, not {type(self.quoting).__name__}')
        if self.quoting not in range(4):
            raise TypeError('bad "quoting" value')
        if self.quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")
        if self.lineterminator is None:
            raise TypeError("lineterminator must be set")


def register_dialect(name, dialect=None, **settings):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _Settings(dialect, settings)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def field_size_limit(limit=None):
    global _limit
    before = _limit
    if limit is not None:
        if not isinstance(limit, int):
            raise TypeError("limit must be an integer")
        _limit = limit
    return before


class _Reader:
    """Rows out of lines."""

    def __init__(self, lines, dialect=None, **settings):
        self._lines = iter(lines)
        self.dialect = _Settings(dialect, settings)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        self._row, self._field, self._number = [], [], False
        self._state = self._start
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._field or self._state == self._quoted:
                    if self.dialect.strict:
                        raise Error("unexpected end of data") from None
                    self._save()
                    return self._row
                raise
            if not isinstance(line, str):
                raise Error(f"iterator should return strings, not {type(line).__name__} (the file should be opened in text mode)")
            self.line_num += 1
            self._at_end = False
            for char in line:
                if self._at_end:
                    if char in "\r\n":
                        continue
                    raise Error("new-line character seen in unquoted field - do you need to open the file in universal-newline mode?")
                self._state(char)
            self._state(None)
            if self._state == self._start:
                return self._row

    def _save(self):
        text = "".join(self._field)
        self._row.append(float(text) if self._number else text)
        self._field, self._number = [], False

    def _add(self, char):
        if len(self._field) >= _limit:
            raise Error(f"field larger than field limit ({_limit})")
        self._field.append(char)

    def _end(self, char):
        """The end of a line, which is the end of the row."""
        if char is not None:
            self._at_end = True
        self._state = self._start

    def _start(self, char):
        # At the start of a row.
        if char is None or char in "\r\n":
            self._end(char)
        else:
            self._state = self._begin
            self._begin(char)

    def _begin(self, char):
        # At the start of a field.
        dialect = self.dialect
        if char is None or char in "\r\n":
            self._save()
            self._end(char)
        elif char == dialect.quotechar and dialect.quoting != QUOTE_NONE:
            self._state = self._quoted
        elif char == dialect.escapechar:
            self._state = self._escaped
        elif char == " " and dialect.skipinitialspace:
            pass
        elif char == dialect.delimiter:
            self._save()
        else:
            self._number = dialect.quoting == QUOTE_NONNUMERIC
            self._add(char)
            self._state = self._inside

    def _inside(self, char):
        dialect = self.dialect
        if char is None or char in "\r\n":
            self._save()
            self._end(char)
        elif char == dialect.escapechar:
            self._state = self._escaped
        elif char == dialect.delimiter:
            self._save()
            self._state = self._begin
        else:
            self._add(char)

    def _escaped(self, char):
        self._add("\n" if char is None else char)
        self._state = self._inside

    def _quoted(self, char):
        dialect = self.dialect
        if char is None:
            pass
        elif char == dialect.escapechar:
            self._state = self._escaped_in_quotes
        elif char == dialect.quotechar:
            self._state = self._after_quote if dialect.doublequote else self._inside
        else:
            self._add(char)

    def _escaped_in_quotes(self, char):
        self._add("\n" if char is None else char)
        self._state = self._quoted

    def _after_quote(self, char):
        dialect = self.dialect
        if char is None or char in "\r\n":
            self._save()
            self._end(char)
        elif char == dialect.quotechar and dialect.quoting != QUOTE_NONE:
            self._add(char)
            self._state = self._quoted
        elif char == dialect.delimiter:
            self._save()
            self._state = self._begin
        elif not dialect.strict:
            self._add(char)
            self._state = self._inside
        else:
            raise Error(f"'{dialect.delimiter}' expected after '{dialect.quotechar}'")


def reader(csvfile, dialect=None, **settings):
    return _Reader(csvfile, dialect, **settings)


class _Writer:
    """Lines out of rows."""

    def __init__(self, target, dialect=None, **settings):
        if not hasattr(target, "write"):
            raise TypeError('argument 1 must have a "write" method')
        self._write = target.write
        self.dialect = _Settings(dialect, settings)

    def _text(self, value, alone):
        dialect = self.dialect
        number = isinstance(value, (int, float)) and not isinstance(value, str)
        text = "" if value is None else value if isinstance(value, str) else repr(value) if type(value) is float else str(value)
        quoted = dialect.quoting == QUOTE_ALL or dialect.quoting == QUOTE_NONNUMERIC and not number
        written = []
        special = [dialect.delimiter, dialect.escapechar, dialect.quotechar, *dialect.lineterminator]
        for char in text:
            if char in special:
                if dialect.quoting == QUOTE_NONE:
                    escape = True
                elif char == dialect.quotechar:
                    escape = not dialect.doublequote
                    if not escape:
                        written.append(char)
                        quoted = True
                else:
                    escape = char == dialect.escapechar
                    quoted = quoted or not escape
                if escape:
                    if dialect.escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    written.append(dialect.escapechar)
            written.append(char)
        if not text and alone:
            if dialect.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            quoted = True
        text = "".join(written)
        return f"{dialect.quotechar}{text}{dialect.quotechar}" if quoted else text

    def writerow(self, row):
        try:
            row = list(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        fields = [self._text(value, len(row) == 1) for value in row]
        return self._write(self.dialect.delimiter.join(fields) + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


def writer(csvfile, dialect=None, **settings):
    return _Writer(csvfile, dialect, **settings)


class DictReader:
    """Rows as dictionaries; the first row has the names, unless they are given."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._fieldnames = list(fieldnames) if fieldnames is not None and iter(fieldnames) is fieldnames else fieldnames
        self.restkey, self.restval, self.dialect = restkey, restval, dialect
        self.reader = reader(f, dialect, *args, **kwds)
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
            self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while not row:
            row = next(self.reader)
        found = dict(zip(names, row))
        if len(names) < len(row):
            found[self.restkey] = row[len(names) :]
        for name in names[len(row) :]:
            found[name] = self.restval
        return found


class DictWriter:
    """Rows from dictionaries."""

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        self.fieldnames = list(fieldnames) if iter(fieldnames) is fieldnames else fieldnames
        self.restval = restval
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _values(self, row):
        if self.extrasaction == "raise":
            wrong = [name for name in row if name not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join(map(repr, wrong)))
        return (row.get(name, self.restval) for name in self.fieldnames)

    def writerow(self, row):
        return self.writer.writerow(self._values(row))

    def writerows(self, rows):
        return self.writer.writerows(map(self._values, rows))


class Sniffer:
    """Guesses how a table is written."""

    preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        lines = [line for line in sample.splitlines() if line]
        best = None
        for delimiter in delimiters or self.preferred + ["|"]:
            counts = {len(row) for row in reader(lines, delimiter=delimiter)}
            if len(counts) == 1 and counts != {1} and (best is None or best[0] < min(counts)):
                best = min(counts), delimiter
        if best is None:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            delimiter = best[1]
            skipinitialspace = all(re.search(re.escape(best[1]) + " ", line) for line in lines)

        return dialect

    def has_header(self, sample):
        rows = list(reader(io.StringIO(sample), self.sniff(sample)))

        def is_number(text):
            try:
                complex(text)
            except ValueError:
                return False
            return True

        if len(rows) < 2:
            return False
        columns = zip(rows[0], zip(*rows[1:]))
        return any(not is_number(head) and all(map(is_number, values)) for head, values in columns)


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)
