"""Constants and templates of text."""
whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


class Template:
    delimiter = "$"
    idpattern = r"[_a-zA-Z][_a-zA-Z0-9]*"

    def __init__(self, template):
        self.template = template

    def _replace(self, values, safe):
        import re

        delimiter = re.escape(self.delimiter)
        pattern = re.compile(
            "%s(?:(?P<escaped>%s)|(?P<named>%s)|\\{(?P<braced>%s)\\}|(?P<invalid>))"
            % (delimiter, delimiter, self.idpattern, self.idpattern))

        def one(match):
            if match.group("escaped") is not None:
                return self.delimiter
            name = match.group("named") or match.group("braced")
            if name is None:
                if safe:
                    return match.group()
                before = self.template[:match.start("invalid")]
                line = before.count("\n") + 1
                column = len(before) - (before.rfind("\n") + 1)
                raise ValueError("Invalid placeholder in string: line %d, col %d"
                                 % (line, column))
            if safe and name not in values:
                return match.group()
            return str(values[name])

        return pattern.sub(one, self.template)

    def substitute(self, mapping=(), /, **kws):
        return self._replace({**dict(mapping), **kws}, False)

    def safe_substitute(self, mapping=(), /, **kws):
        return self._replace({**dict(mapping), **kws}, True)


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
