"""Filling and indenting of text."""
__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_chunks = r"(\s+|[^\s\w]*\w+[^0-9\W]-(?=\w+[^0-9\W])|(?<=[\w!\"'&.,?])-{2,}(?=\w))"


class TextWrapper:
    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True,
                 replace_whitespace=True, fix_sentence_endings=False, break_long_words=True,
                 drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None,
                 placeholder=" [...]"):
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

    def _split(self, text):
        import re

        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            for character in "\t\n\x0b\x0c\r":
                text = text.replace(character, " ")
        if self.break_on_hyphens:
            parts = re.split(_chunks, text)
        else:
            parts = re.split(r"(\s+)", text)
        return [part for part in parts if part]

    def wrap(self, text):
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        chunks = self._split(text)
        lines = []
        position = 0
        while position < len(chunks):
            indent = self.subsequent_indent if lines else self.initial_indent
            room = self.width - len(indent)
            if self.drop_whitespace and chunks[position].strip() == "" and lines:
                position += 1
                if position == len(chunks):
                    break
            line = []
            length = 0
            while position < len(chunks) and length + len(chunks[position]) <= room:
                length += len(chunks[position])
                line.append(chunks[position])
                position += 1
            if position < len(chunks) and len(chunks[position]) > room:
                space = room - length if room >= 1 else 1
                if self.break_long_words:
                    chunk = chunks[position]
                    end = space
                    if self.break_on_hyphens and len(chunk) > space:
                        hyphen = chunk.rfind("-", 0, space)
                        if hyphen > 0 and any(c != "-" for c in chunk[:hyphen]):
                            end = hyphen + 1
                    line.append(chunk[:end])
                    chunks[position] = chunk[end:]
                elif not line:
                    line.append(chunks[position])
                    position += 1
                length = sum(len(part) for part in line)
            if self.drop_whitespace and line and line[-1].strip() == "":
                length -= len(line[-1])
                line.pop()
            if not line:
                continue
            if self.max_lines is None or len(lines) + 1 < self.max_lines or (
                    (position >= len(chunks)
                     or self.drop_whitespace and position == len(chunks) - 1
                     and not chunks[position].strip()) and length <= room):
                lines.append(indent + "".join(line))
                continue
            while line:
                if line[-1].strip() and length + len(self.placeholder) <= room:
                    line.append(self.placeholder)
                    lines.append(indent + "".join(line))
                    break
                length -= len(line[-1])
                line.pop()
            else:
                if lines:
                    last = lines[-1].rstrip()
                    if len(last) + len(self.placeholder) <= self.width:
                        lines[-1] = last + self.placeholder
                        break
                lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    wrapper = TextWrapper(width=width, max_lines=1, **kwargs)
    return wrapper.fill(" ".join(text.strip().split()))


def dedent(text):
    lines = text.split("\n")
    margin = None
    for number, line in enumerate(lines):
        stripped = line.lstrip(" \t")
        if not stripped:
            lines[number] = ""
            continue
        indent = line[: len(line) - len(stripped)]
        if margin is None:
            margin = indent
        else:
            common = 0
            while common < min(len(margin), len(indent)) and margin[common] == indent[common]:
                common += 1
            margin = margin[:common]
    if margin:
        size = len(margin)
        lines = [line[size:] for line in lines]
    return "\n".join(lines)


def indent(text, prefix, predicate=None):
    if predicate is None:
        predicate = lambda line: line.strip()
    return "".join(prefix + line if predicate(line) else line for line in text.splitlines(True))
