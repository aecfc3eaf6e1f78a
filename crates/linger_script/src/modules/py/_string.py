"""How a template of str.format is taken apart, for string.Formatter."""


def formatter_parser(format_string):
    """Literal text, field name, format spec and conversion of each part."""
    literal = []
    at, end = 0, len(format_string)
    while at < end:
        char = format_string[at]
        at += 1
        if char not in "{}":
            literal.append(char)
            continue
        if at < end and format_string[at] == char:
            literal.append(char)
            at += 1
            yield "".join(literal), None, None, None
            literal = []
            continue
        if char == "}":
            raise ValueError("Single '}' encountered in format string")
        if at >= end:
            raise ValueError("Single '{' encountered in format string")
        start, depth, brackets = at, 1, False
        while at < end:
            char = format_string[at]
            if char == "{":
                depth += 1
            elif char == "}":
                depth -= 1
                if not depth:
                    break
            at += 1
        else:
            raise ValueError("expected '}' before end of string")
        field, conversion, spec = _split_field(format_string[start:at])
        at += 1
        yield "".join(literal), field, spec, conversion
        literal = []
    if literal:
        yield "".join(literal), None, None, None


def _split_field(text):
    in_brackets = False
    for index, char in enumerate(text):
        if char == "[":
            in_brackets = True
        elif char == "]":
            in_brackets = False
        elif char in "!:" and not in_brackets:
            break
    else:
        return text, None, ""
    name, rest = text[:index], text[index:]
    if rest[0] == "!":
        if len(rest) < 2:
            raise ValueError("end of string while looking for conversion specifier")
        conversion = rest[1]
        if len(rest) > 2 and rest[2] != ":":
            raise ValueError("expected ':' after conversion specifier")
        return name, conversion, rest[3:]
    return name, None, rest[1:]


def formatter_field_name_split(name):
    """The first part of a field's name, and the attributes and items behind it."""
    at = 0
    while at < len(name) and name[at] not in ".[":
        at += 1
    first, rest = name[:at], []
    while at < len(name):
        start = at + 1
        if name[at] == ".":
            at = start
            while at < len(name) and name[at] not in ".[":
                at += 1
            if at == start:
                raise ValueError("Empty attribute in format string")
            rest.append((True, name[start:at]))
        elif name[at] == "[":
            at = name.find("]", start)
            if at < 0:
                raise ValueError("Missing ']' in format string")
            key = name[start:at]
            if not key:
                raise ValueError("Empty attribute in format string")
            rest.append((False, int(key) if key.isdigit() else key))
            at += 1
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
    return int(first) if first.isdigit() else first, rest
