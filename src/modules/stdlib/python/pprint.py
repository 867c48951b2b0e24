"""pprint: values on lines that are not too long, as CPython breaks them."""


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
            underscore_numbers=False):
    return _Printer(indent, width, depth, sort_dicts).format(object, 0, 0, 1)


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    text = pformat(object, indent, width, depth, sort_dicts=sort_dicts)
    if stream is None:
        print(text)
    else:
        stream.write(text + "\n")


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


class _Printer:
    def __init__(self, indent, width, depth, sort_dicts):
        self.indent, self.width, self.depth, self.sort_dicts = indent, width, depth, sort_dicts

    def line(self, value, level):
        """All of it on one line."""
        cut = self.depth is not None and level > self.depth
        if type(value) is dict:
            items = self.items(value)
            if cut:
                return "{...}"
            return "{%s}" % ", ".join(["%s: %s" % (self.line(key, level + 1), self.line(item, level + 1))
                                       for key, item in items])
        if type(value) in (list, tuple) and value:
            inner = "..." if cut else ", ".join([self.line(item, level + 1) for item in value])
            if type(value) is list:
                return "[%s]" % inner
            return "(%s,)" % inner if len(value) == 1 and not cut else "(%s)" % inner
        return repr(value)

    def items(self, value):
        pairs = list(value.items())
        if self.sort_dicts:
            try:
                pairs.sort(key=lambda pair: pair[0])
            except TypeError:
                pairs.sort(key=lambda pair: (str(type(pair[0])), id(pair[0])))
        return pairs

    def format(self, value, column, closing, level):
        """At `column`, with so many characters of brackets and a comma to follow."""
        text = self.line(value, level)
        if len(text) <= self.width - column - closing or not value:
            return text
        if self.depth is not None and level > self.depth:
            return text
        inner = column + self.indent
        lead = " " * (self.indent - 1)
        if type(value) is dict:
            parts = []
            items = self.items(value)
            for at, (key, item) in enumerate(items):
                name = self.line(key, level + 1)
                last = at == len(items) - 1
                parts.append(name + ": " + self.format(item, inner + len(name) + 2,
                                                       closing + 1 if last else 1, level + 1))
            return "{" + lead + (",\n" + " " * inner).join(parts) + "}"
        if type(value) in (list, tuple):
            ends = "[]" if type(value) is list else "(,)" if len(value) == 1 else "()"
            parts = []
            for at, item in enumerate(value):
                last = at == len(value) - 1
                parts.append(self.format(item, inner, closing + len(ends) - 1 if last else 1, level + 1))
            return ends[0] + lead + (",\n" + " " * inner).join(parts) + ends[1:]
        return text
