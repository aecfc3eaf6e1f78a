"""Filling and wrapping of text."""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_whitespace = "\t\n\x0b\x0c\r "


def _is_word(char):
    return char.isalnum() or char == "_"


def _is_letter(char):
    return char.isalpha() or char == "_"


class TextWrapper:
    def __init__(
        self,
        width=70,
        initial_indent="",
        subsequent_indent="",
        expand_tabs=True,
        replace_whitespace=True,
        fix_sentence_endings=False,
        break_long_words=True,
        drop_whitespace=True,
        break_on_hyphens=True,
        tabsize=8,
        *,
        max_lines=None,
        placeholder=" [...]",
    ):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate({ord(char): " " for char in _whitespace})
        return text

    def _split(self, text):
        """Words and the white space between them; words may also end behind a hyphen or a dash."""
        chunks = []
        start = 0
        length = len(text)
        while start < length:
            end = start + 1
            if text[start] in _whitespace:
                while end < length and text[end] in _whitespace:
                    end += 1
                chunks.append(text[start:end])
            else:
                while end < length and text[end] not in _whitespace:
                    end += 1
                word = text[start:end]
                chunks.extend(self._split_word(word) if self.break_on_hyphens else [word])
            start = end
        return chunks

    def _split_word(self, word):
        parts = []
        start = at = 0
        length = len(word)
        while at < length:
            if word[at] != "-":
                at += 1
                continue
            run = at
            while run < length and word[run] == "-":
                run += 1
            before = word[at - 1] if at > 0 else ""
            after = word[run] if run < length else ""
            if run - at >= 2:
                # A dash between words is a chunk of its own.
                if before and (_is_word(before) or before in "!\"'&.,?") and after and _is_word(after):
                    parts.append(word[start:at])
                    parts.append(word[at:run])
                    start = run
            elif (
                at > start
                and at >= 2
                and _is_letter(word[at - 1])
                and (_is_letter(word[at - 2]) or (at >= 3 and word[at - 2] == "-" and _is_letter(word[at - 3])))
                and run + 1 < length
                and _is_letter(word[run])
                and (_is_letter(word[run + 1]) or (word[run + 1] == "-" and run + 2 < length and _is_letter(word[run + 2])))
            ):
                parts.append(word[start:run])
                start = run
            at = run
        if start < length:
            parts.append(word[start:])
        return parts

    def _fix_sentence_endings(self, chunks):
        index = 0
        while index < len(chunks) - 1:
            chunk = chunks[index].rstrip("\"'")
            if (
                chunks[index + 1] == " "
                and len(chunk) >= 2
                and chunk[-1] in ".!?"
                and chunk[-2] in "abcdefghijklmnopqrstuvwxyz"
            ):
                chunks[index + 1] = "  "
                index += 2
            else:
                index += 1

    def _handle_long_word(self, reversed_chunks, cur_line, cur_len, width):
        space_left = 1 if width < 1 else width - cur_len
        if self.break_long_words:
            end = space_left
            chunk = reversed_chunks[-1]
            if self.break_on_hyphens and len(chunk) > space_left:
                hyphen = chunk.rfind("-", 0, space_left)
                if hyphen > 0 and any(char != "-" for char in chunk[:hyphen]):
                    end = hyphen + 1
            cur_line.append(chunk[:end])
            reversed_chunks[-1] = chunk[end:]
        elif not cur_line:
            cur_line.append(reversed_chunks.pop())

    def _wrap_chunks(self, chunks):
        lines = []
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        chunks.reverse()
        while chunks:
            cur_line = []
            cur_len = 0
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and chunks[-1].strip() == "" and lines:
                del chunks[-1]
            while chunks:
                length = len(chunks[-1])
                if cur_len + length > width:
                    break
                cur_line.append(chunks.pop())
                cur_len += length
            if chunks and len(chunks[-1]) > width:
                self._handle_long_word(chunks, cur_line, cur_len, width)
                cur_len = sum(map(len, cur_line))
            if self.drop_whitespace and cur_line and cur_line[-1].strip() == "":
                cur_len -= len(cur_line[-1])
                del cur_line[-1]
            if not cur_line:
                continue
            is_last = (
                not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()
            ) and cur_len <= width
            if self.max_lines is None or len(lines) + 1 < self.max_lines or is_last:
                lines.append(indent + "".join(cur_line))
                continue
            while cur_line:
                if cur_line[-1].strip() and cur_len + len(self.placeholder) <= width:
                    cur_line.append(self.placeholder)
                    lines.append(indent + "".join(cur_line))
                    break
                cur_len -= len(cur_line[-1])
                del cur_line[-1]
            else:
                if lines:
                    previous = lines[-1].rstrip()
                    if len(previous) + len(self.placeholder) <= self.width:
                        lines[-1] = previous + self.placeholder
                        break
                lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def wrap(self, text):
        chunks = self._split(self._munge_whitespace(text))
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The lines of a paragraph."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """A paragraph with line breaks."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """A text cut to a width between words."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    """A text without the white space that all of its lines begin with."""
    lines = text.split("\n")
    lines = ["" if not line.strip(" \t") else line for line in lines]
    margin = None
    for line in lines:
        if not line:
            continue
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if margin is None:
            margin = indent
        else:
            common = 0
            while common < min(len(margin), len(indent)) and margin[common] == indent[common]:
                common += 1
            margin = margin[:common]
    if margin:
        lines = [line[len(margin):] for line in lines]
    return "\n".join(lines)


def indent(text, prefix, predicate=None):
    """A text with a prefix before its lines."""
    if predicate is None:

        def predicate(line):
            return line.strip()

    return "".join(prefix + line if predicate(line) else line for line in text.splitlines(True))
