"""Tables read and written in several dialects."""
import csv
import io


def attempt(act, *args, **kwargs):
    try:
        print(repr(act(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, e)


def read(text, **settings):
    return list(csv.reader(text.splitlines(True), **settings))


def written(rows, **settings):
    stream = io.StringIO()
    writer = csv.writer(stream, **settings)
    return [writer.writerow(row) for row in rows], stream.getvalue()


class Own(csv.Dialect):
    delimiter = ";"
    quotechar = '"'
    lineterminator = "\n"
    quoting = csv.QUOTE_MINIMAL


for text in (
    "a,b,c\r\n1,2,3\n", '"a""b",c\n', 'a,"b\nc",d\n', "a, b\n", "", "\n\n", "a,b", '"a"b,c\n', 'a"b\n', '"",x\n', ",,\n", '"abc',
    "a\\,b\n", '1.5,"x"\n', "a\tb\n", "'a,b',c\n", "x\ry\n", '"a"\n', "é,ü\n",
):
    for settings in (
        {}, dict(skipinitialspace=True), dict(escapechar="\\"), dict(strict=True), dict(delimiter="\t"), dict(quotechar="'"),
        dict(quoting=csv.QUOTE_NONE), dict(doublequote=False), dict(dialect="unix"), dict(quoting=csv.QUOTE_NONNUMERIC),
    ):
        attempt(read, text, **settings)
for rows in (
    [["a", "b"], [1, 2.5], [None, True]], [["a,b", 'c"d', "e\nf"]], [[""]], [["", ""]], [[" a "]], [["a'b"]], [[]], [["x\\y"]], [["\r"]],
    ["abc"], [3],
):
    for settings in (
        {}, dict(quoting=csv.QUOTE_ALL), dict(quoting=csv.QUOTE_NONE), dict(quoting=csv.QUOTE_NONE, escapechar="\\"),
        dict(quoting=csv.QUOTE_NONNUMERIC), dict(doublequote=False, escapechar="!"), dict(doublequote=False),
        dict(delimiter=";", lineterminator="\n", quotechar="'"),
    ):
        attempt(written, rows, **settings)
rows = csv.DictReader(io.StringIO("a,b\n1,2\n\n3\n4,5,6\n"))
print(rows.fieldnames, list(rows), rows.line_num)
print(list(csv.DictReader(["1,2,3"], ["x", "y"], restkey="r", restval="v")))
stream = io.StringIO()
writer = csv.DictWriter(stream, ["a", "b"])
writer.writeheader()
writer.writerow({"a": 1})
writer.writerows([{"a": 1, "b": "x,y"}])
print(repr(stream.getvalue()))
attempt(writer.writerow, {"z": 1})
for settings in (dict(delimiter=",,"), dict(delimiter=3), dict(quotechar=""), dict(nope=1), dict(dialect="nope"), dict(quoting=9)):
    attempt(csv.reader, [], **settings)
attempt(csv.writer, 3)
attempt(lambda: list(csv.reader([b"a"])))
attempt(csv.unregister_dialect, "q")
csv.register_dialect("p", delimiter="|")
print(read("a|b", dialect="p"), csv.get_dialect("p").delimiter, csv.list_dialects(), read("a;b", dialect=Own))
print(csv.Sniffer().sniff("a;b\n1;2\n").delimiter, csv.Sniffer().has_header("name,age\nx,1\ny,2\n"))
lines = csv.reader(["a,b", "c,d"])
print(next(lines), lines.line_num, lines.dialect.delimiter)
