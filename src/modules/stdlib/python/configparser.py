"""Configuration files."""
import _support

DEFAULTSECT = "DEFAULT"


class Error(Exception):
    pass


class NoSectionError(Error):
    def __init__(self, section):
        super().__init__("No section: %r" % (section,))
        self.section = section


class NoOptionError(Error):
    def __init__(self, option, section):
        super().__init__("No option %r in section: %r" % (option, section))
        self.option = option
        self.section = section


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        super().__init__("Section %r already exists" % section)


class ParsingError(Error):
    pass


class InterpolationError(Error):
    pass


_unset = object()


class Interpolation:
    pass


class BasicInterpolation(Interpolation):
    pass


class ExtendedInterpolation(Interpolation):
    pass


class RawConfigParser:
    _interpolated = False
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False,
                      "false": False, "off": False}

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *,
                 interpolation=_unset, **kwargs):
        self._sections = {}
        self._defaults = {}
        if interpolation is None:
            self._interpolated = False
        for key, value in (defaults or {}).items():
            self._defaults[self.optionxform(key)] = value

    def optionxform(self, optionstr):
        return optionstr.lower()

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def add_section(self, section):
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = {}

    def has_section(self, section):
        return section in self._sections

    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section)
        return list({**self._sections[section], **self._defaults})

    def read(self, filenames, encoding=None):
        if isinstance(filenames, str) or hasattr(filenames, "__fspath__"):
            filenames = [filenames]
        done = []
        for name in filenames:
            try:
                text = _support.read_bytes(str(name)).decode(encoding or "utf-8")
            except OSError:
                continue
            self.read_string(text)
            done.append(str(name))
        return done

    def read_file(self, f, source=None):
        self.read_string("".join(f))

    def read_dict(self, dictionary, source="<dict>"):
        for section, values in dictionary.items():
            target = self._defaults if section == DEFAULTSECT else self._sections.setdefault(
                section, {})
            for key, value in values.items():
                target[self.optionxform(str(key))] = None if value is None else str(value)

    def read_string(self, string, source="<string>"):
        current = None
        key = None
        for line in string.splitlines():
            stripped = line.strip()
            if not stripped or stripped[0] in "#;":
                continue
            if line[0] in " \t" and key is not None:
                current[key] = (current[key] or "") + "\n" + stripped
                continue
            if stripped[0] == "[" and stripped[-1] == "]":
                name = stripped[1:-1]
                current = self._defaults if name == DEFAULTSECT else self._sections.setdefault(
                    name, {})
                key = None
                continue
            if current is None:
                raise ParsingError("File contains no section headers: %r" % line)
            at = min([found for found in (stripped.find("="), stripped.find(":")) if found >= 0],
                     default=-1)
            if at < 0:
                key = self.optionxform(stripped)
                current[key] = None
            else:
                key = self.optionxform(stripped[:at].strip())
                current[key] = stripped[at + 1:].strip()

    def get(self, section, option, *, raw=False, vars=None, fallback=_unset):
        if section not in self._sections and section != DEFAULTSECT:
            if fallback is not _unset:
                return fallback
            raise NoSectionError(section)
        names = {**self._defaults, **self._sections.get(section, {})}
        for key, value in (vars or {}).items():
            names[self.optionxform(key)] = value
        option = self.optionxform(option)
        if option not in names:
            if fallback is not _unset:
                return fallback
            raise NoOptionError(option, section)
        value = names[option]
        if raw or not self._interpolated or value is None:
            return value
        return self._interpolate(value, names, 0)

    def _interpolate(self, value, names, depth):
        if "%" not in value:
            return value
        if depth > 10:
            raise InterpolationError("Recursion limit exceeded in value substitution")
        out = ""
        i = 0
        while i < len(value):
            c = value[i]
            if c != "%":
                out += c
                i += 1
            elif value[i + 1:i + 2] == "%":
                out += "%"
                i += 2
            elif value[i + 1:i + 2] == "(":
                end = value.find(")s", i)
                if end < 0:
                    raise InterpolationError("bad interpolation variable reference %r"
                                             % value[i:])
                name = self.optionxform(value[i + 2:end])
                if name not in names:
                    raise InterpolationError("Bad value substitution: option %r" % name)
                out += self._interpolate(names[name], names, depth + 1)
                i = end + 2
            else:
                raise InterpolationError("'%%' must be followed by '%%' or '(', found: %r"
                                         % value[i:])
        return out

    def getint(self, section, option, **kwargs):
        value = self.get(section, option, **kwargs)
        return int(value) if isinstance(value, str) else value

    def getfloat(self, section, option, **kwargs):
        value = self.get(section, option, **kwargs)
        return float(value) if isinstance(value, str) else value

    def getboolean(self, section, option, **kwargs):
        value = self.get(section, option, **kwargs)
        if not isinstance(value, str):
            return value
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError("Not a boolean: %s" % value)
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_unset, raw=False, vars=None):
        if section is _unset:
            return [(name, self[name]) for name in [DEFAULTSECT] + self.sections()]
        return [(option, self.get(section, option, raw=raw, vars=vars))
                for option in self.options(section)]

    def set(self, section, option, value=None):
        if section == DEFAULTSECT:
            self._defaults[self.optionxform(option)] = value
            return
        if section not in self._sections:
            raise NoSectionError(section)
        self._sections[section][self.optionxform(option)] = value

    def has_option(self, section, option):
        return section in self._sections and self.optionxform(option) in {
            **self._defaults, **self._sections[section]}

    def remove_option(self, section, option):
        if section not in self._sections:
            raise NoSectionError(section)
        return self._sections[section].pop(self.optionxform(option), None) is not None

    def remove_section(self, section):
        return self._sections.pop(section, None) is not None

    def __getitem__(self, key):
        if key != DEFAULTSECT and key not in self._sections:
            raise KeyError(key)
        return SectionProxy(self, key)

    def __contains__(self, key):
        return key == DEFAULTSECT or key in self._sections

    def __iter__(self):
        return iter([DEFAULTSECT] + self.sections())

    def __len__(self):
        return len(self._sections) + 1


class ConfigParser(RawConfigParser):
    _interpolated = True


SafeConfigParser = ConfigParser


class SectionProxy:
    def __init__(self, parser, name):
        self.parser = parser
        self.name = name

    def _options(self):
        return (list(self.parser.defaults()) if self.name == DEFAULTSECT
                else self.parser.options(self.name))

    def __getitem__(self, key):
        try:
            return self.parser.get(self.name, key)
        except NoOptionError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        self.parser.set(self.name, key, value)

    def __contains__(self, key):
        return self.parser.optionxform(key) in self._options()

    def __iter__(self):
        return iter(self._options())

    def __len__(self):
        return len(self._options())

    def get(self, option, fallback=None, **kwargs):
        return self.parser.get(self.name, option, fallback=fallback, **kwargs)

    def getint(self, option, fallback=None, **kwargs):
        return self.parser.getint(self.name, option, fallback=fallback, **kwargs)

    def getfloat(self, option, fallback=None, **kwargs):
        return self.parser.getfloat(self.name, option, fallback=fallback, **kwargs)

    def getboolean(self, option, fallback=None, **kwargs):
        return self.parser.getboolean(self.name, option, fallback=fallback, **kwargs)

    def keys(self):
        return self._options()

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]
