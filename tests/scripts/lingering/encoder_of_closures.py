"""An encoder in the shape of json's pure Python one: closures that call each other, over settings that they capture. Run
once, it leaves 32 objects: 22 cells, 4 tuples, 4 functions, 1 method and 1 dict."""


class Encoder:
    separators = (", ", ": ")

    def __init__(self):
        self.sort_keys = False

    def default(self, value):
        raise TypeError(f"{type(value).__name__} can't be encoded")

    def pieces(self, value):
        def float_text(number, spell=float.__repr__, nan="NaN"):
            return nan if number != number else spell(number)

        markers = {}
        return make(markers, self.default, quote, None, float_text, self.separators, self.sort_keys, False)(value, 0)


def quote(text):
    return '"' + text.replace('"', '\\"') + '"'


def make(markers, default, quoted, indent, float_text, separators, sort_keys, skip_keys, int_text=int.__repr__,
         is_instance=isinstance, identity=id, text_type=str, list_type=list, dict_type=dict, int_type=int,
         float_type=float, tuple_type=tuple, failure=ValueError):
    item_end, key_end = separators

    def of_list(items, level):
        if not items:
            yield "[]"
            return
        key = identity(items)
        if key in markers:
            raise failure("a circle")
        markers[key] = items
        before = "["
        for item in items:
            yield before
            before = item_end
            yield from of_value(item, level + 1)
        yield "]"
        del markers[key]

    def of_dict(entries, level):
        key = identity(entries)
        if key in markers:
            raise failure("a circle")
        markers[key] = entries
        before = "{"
        pairs = sorted(entries.items()) if sort_keys else entries.items()
        for name, value in pairs:
            if not is_instance(name, text_type):
                if skip_keys:
                    continue
                raise failure("a name must be text")
            yield before
            before = item_end
            yield quoted(name) + key_end
            yield from of_value(value, level + 1)
        yield "}"
        del markers[key]

    def of_value(value, level):
        if value is None:
            yield "null"
        elif is_instance(value, text_type):
            yield quoted(value)
        elif is_instance(value, int_type):
            yield int_text(value)
        elif is_instance(value, float_type):
            yield float_text(value)
        elif is_instance(value, (list_type, tuple_type)):
            yield from of_list(value, level)
        elif is_instance(value, dict_type):
            yield from of_dict(value, level)
        else:
            yield from of_value(default(value), level if indent is None else level + 1)

    return of_value


ENCODER = Encoder()
print("".join(ENCODER.pieces({"name": "mite", "at": [1.5, 2], "hurt": None, "path": []})))
