"""textwrap."""
import textwrap

text = "The quick brown fox jumped over the lazy dog, well-known for its half-hearted e-mail--and sleep. " * 2
for width in (10, 25, 60):
    print(textwrap.wrap(text, width))
print(textwrap.fill("a b c " * 8, 12, initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten("Hello  world, this is long", width=18), textwrap.shorten("Hello world", 5, placeholder=".."))
print(repr(textwrap.dedent("    a\n      b\n\n    c\n")), repr(textwrap.dedent("\tx\n  y")), repr(textwrap.indent("a\n\nb\n", "> ")))
print(textwrap.wrap("supercalifragilistic is long", 10), textwrap.wrap("supercalifragilistic", 10, break_long_words=False))
print(textwrap.wrap("one two three four", 9, max_lines=2), textwrap.wrap("a\tb  c", 20, expand_tabs=False), textwrap.wrap(""))
print(textwrap.wrap("Done. Next one? Yes.", 40, fix_sentence_endings=True), textwrap.indent("a\nb", "-", lambda line: "a" in line))
