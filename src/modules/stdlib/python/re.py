"""Regular expressions."""
import _regex
from enum import IntFlag, KEEP
from types import MappingProxyType


class RegexFlag(IntFlag, boundary=KEEP):
    NOFLAG = 0
    IGNORECASE = I = 2
    LOCALE = L = 4
    MULTILINE = M = 8
    DOTALL = S = 16
    UNICODE = U = 32
    VERBOSE = X = 64
    DEBUG = 128
    ASCII = A = 256

    def __repr__(self):
        if self._name_ is None:
            return hex(self._value_)
        return "|".join("re." + name if name.isidentifier() else name
                        for name in self._name_.split("|"))

    __str__ = __repr__


NOFLAG = RegexFlag.NOFLAG
IGNORECASE = I = RegexFlag.IGNORECASE
LOCALE = L = RegexFlag.LOCALE
MULTILINE = M = RegexFlag.MULTILINE
DOTALL = S = RegexFlag.DOTALL
UNICODE = U = RegexFlag.UNICODE
VERBOSE = X = RegexFlag.VERBOSE
DEBUG = RegexFlag.DEBUG
ASCII = A = RegexFlag.ASCII

_END = 2**62
_SEARCH, _MATCH, _FULL = 0, 1, 2


class PatternError(Exception):
    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            newline = b"\n" if isinstance(pattern, bytes) else "\n"
            message = "%s at position %d" % (msg, pos)
            self.lineno = pattern.count(newline, 0, pos) + 1 if isinstance(pattern, str) else 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                message = "%s (line %d, column %d)" % (message, self.lineno, self.colno)
            super().__init__(message)
        else:
            super().__init__(msg)


error = PatternError


class Match:
    def __init__(self, pattern, string, pos, endpos, spans):
        self.re = pattern
        self.string = string
        self.pos = pos
        self.endpos = endpos
        self._spans = spans

    def _index(self, group):
        if isinstance(group, int):
            index = group
        elif isinstance(group, str):
            index = self.re.groupindex.get(group, -1)
        else:
            index = -1
        if 0 <= index <= self.re.groups:
            return index
        raise IndexError("no such group")

    def _text(self, index, default=None):
        begin = self._spans[2 * index]
        end = self._spans[2 * index + 1]
        return default if begin < 0 or end < 0 else self.string[begin:end]

    def group(self, *groups):
        if not groups:
            return self._text(0)
        if len(groups) == 1:
            return self._text(self._index(groups[0]))
        return tuple([self._text(self._index(group)) for group in groups])

    def __getitem__(self, group):
        return self._text(self._index(group))

    def groups(self, default=None):
        return tuple([self._text(i, default) for i in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        return {name: self._text(i, default) for name, i in self.re.groupindex.items()}

    def start(self, group=0):
        return self.span(group)[0]

    def end(self, group=0):
        return self.span(group)[1]

    def span(self, group=0):
        index = self._index(group)
        begin = self._spans[2 * index]
        end = self._spans[2 * index + 1]
        return (-1, -1) if begin < 0 or end < 0 else (begin, end)

    @property
    def lastindex(self):
        last = None
        best = -1
        for i in range(1, self.re.groups + 1):
            end = self._spans[2 * i + 1]
            if self._spans[2 * i] >= 0 and end > best:
                last, best = i, end
        return last

    @property
    def lastgroup(self):
        last = self.lastindex
        for name, i in self.re.groupindex.items():
            if i == last:
                return name
        return None

    def expand(self, template):
        return _expand(_template(self.re, template), self)

    def __bool__(self):
        return True

    def __repr__(self):
        return "<re.Match object; span=%r, match=%r>" % (self.span(), self.group())


def _expand(parts, match):
    empty = b"" if isinstance(match.string, bytes) else ""
    out = []
    for part in parts:
        if isinstance(part, int):
            out.append(match._text(part, empty))
        else:
            out.append(part)
    return empty.join(out)


_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
            "\\": "\\"}


def _template(pattern, source):
    """Literal texts and group numbers of a replacement."""
    is_bytes = isinstance(source, bytes)
    text = source.decode("latin-1") if is_bytes else source
    parts = []
    literal = []

    def group(index, at):
        if index > pattern.groups:
            raise error("invalid group reference %d" % index, source, at)
        if literal:
            parts.append("".join(literal))
            literal.clear()
        parts.append(index)

    i = 0
    size = len(text)
    while i < size:
        c = text[i]
        if c != "\\":
            literal.append(c)
            i += 1
            continue
        if i + 1 >= size:
            raise error("bad escape (end of pattern)", source, i)
        c = text[i + 1]
        start = i
        i += 2
        if c == "g":
            if i >= size or text[i] != "<":
                raise error("missing <", source, i)
            close = text.find(">", i)
            if close < 0:
                raise error("missing >, unterminated name", source, i + 1)
            name = text[i + 1:close]
            if not name:
                raise error("missing group name", source, i + 1)
            if name.isascii() and name.isdigit():
                group(int(name), i + 1)
            elif not name.isidentifier():
                raise error("bad character in group name %r" % name, source, i + 1)
            elif name in pattern.groupindex:
                group(pattern.groupindex[name], i + 1)
            else:
                raise IndexError("unknown group name %r" % name)
            i = close + 1
        elif c == "0":
            digits = ""
            while len(digits) < 2 and i < size and text[i] in "01234567":
                digits += text[i]
                i += 1
            literal.append(chr(int(digits or "0", 8) & 0xFF))
        elif c in "123456789":
            digits = c
            if i < size and text[i] in "0123456789":
                digits += text[i]
                i += 1
                if c in "0123" and digits[1] in "01234567" and i < size and text[i] in "01234567":
                    literal.append(chr(int(digits + text[i], 8)))
                    i += 1
                    continue
            group(int(digits), start + 1)
        elif c in _LETTERS:
            literal.append(_LETTERS[c])
        elif c.isascii() and c.isalpha():
            raise error("bad escape \\%s" % c, source, start)
        else:
            literal.append("\\" + c)
    if literal:
        parts.append("".join(literal))
    if is_bytes:
        return [part if isinstance(part, int) else part.encode("latin-1") for part in parts]
    return parts


class Pattern:
    def __init__(self, pattern, flags):
        self.pattern = pattern
        self._program = _regex.compile(pattern, int(flags), error)
        self.groups, names, self.flags = _regex.describe(self._program)
        self.groupindex = MappingProxyType(names)
        if isinstance(pattern, bytes):
            self.flags &= ~256

    def _run(self, string, pos, endpos, mode, not_empty_at=-1):
        if isinstance(string, bytes) != isinstance(self.pattern, bytes):
            if isinstance(string, (str, bytes)):
                if isinstance(string, bytes):
                    raise TypeError("cannot use a string pattern on a bytes-like object")
                raise TypeError("cannot use a bytes pattern on a string-like object")
        spans = _regex.run(self._program, string, pos, endpos, mode, not_empty_at)
        if spans is None:
            return None
        return Match(self, string, pos, min(endpos, len(string)), spans)

    def search(self, string, pos=0, endpos=_END):
        return self._run(string, pos, endpos, _SEARCH)

    def match(self, string, pos=0, endpos=_END):
        return self._run(string, pos, endpos, _MATCH)

    def fullmatch(self, string, pos=0, endpos=_END):
        return self._run(string, pos, endpos, _FULL)

    def finditer(self, string, pos=0, endpos=_END):
        end = min(endpos, len(string))
        not_empty_at = -1
        while pos <= end:
            match = self._run(string, pos, end, _SEARCH, not_empty_at)
            if match is None:
                return
            yield match
            begin, pos = match.span()
            not_empty_at = pos if begin == pos else -1

    def findall(self, string, pos=0, endpos=_END):
        found = []
        empty = b"" if isinstance(string, bytes) else ""
        for match in self.finditer(string, pos, endpos):
            if self.groups == 0:
                found.append(match.group())
            elif self.groups == 1:
                found.append(match._text(1, empty))
            else:
                found.append(match.groups(empty))
        return found

    def split(self, string, maxsplit=0):
        parts = []
        at = 0
        for match in self.finditer(string):
            if maxsplit and len(parts) // (self.groups + 1) >= maxsplit:
                break
            begin, end = match.span()
            parts.append(string[at:begin])
            parts.extend(match.groups())
            at = end
        parts.append(string[at:])
        return parts

    def subn(self, repl, string, count=0):
        if callable(repl):
            replace = repl
        else:
            parts = _template(self, repl)

            def replace(match):
                return _expand(parts, match)

        out = []
        at = 0
        done = 0
        for match in self.finditer(string):
            begin, end = match.span()
            out.append(string[at:begin])
            text = replace(match)
            if text is not None:
                out.append(text)
            at = end
            done += 1
            if count and done >= count:
                break
        out.append(string[at:])
        return (b"" if isinstance(string, bytes) else "").join(out), done

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def scanner(self, string, pos=0, endpos=_END):
        return self.finditer(string, pos, endpos)

    def __repr__(self):
        flags = self.flags & ~32 if isinstance(self.pattern, str) else self.flags
        text = "%.200r" % (self.pattern,)
        if not flags:
            return "re.compile(%s)" % text
        names = ["re." + name for name, bit in
                 (("IGNORECASE", 2), ("LOCALE", 4), ("MULTILINE", 8), ("DOTALL", 16),
                  ("VERBOSE", 64), ("DEBUG", 128), ("ASCII", 256)) if flags & bit]
        return "re.compile(%s, %s)" % (text, "|".join(names))

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return self.pattern == other.pattern and self.flags == other.flags

    def __hash__(self):
        return hash((self.pattern, self.flags))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


_cache = {}


def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes)):
        raise TypeError("first argument must be string or compiled pattern")
    key = (type(pattern), pattern, int(flags))
    found = _cache.get(key)
    if found is None:
        found = _cache[key] = Pattern(pattern, flags)
    return found


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


_SPECIAL = {c: "\\" + c for c in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def escape(pattern):
    if isinstance(pattern, str):
        return "".join([_SPECIAL.get(c, c) for c in pattern])
    return escape(pattern.decode("latin-1")).encode("latin-1")


def purge():
    _cache.clear()
