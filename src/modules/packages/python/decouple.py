"""python-decouple: values of the environment, else of .env or settings.ini."""
import os
import string as _string

from dotenv import dotenv_values

_undefined = object()
TRUE_VALUES = {"y", "yes", "t", "true", "on", "1"}
FALSE_VALUES = {"n", "no", "f", "false", "off", "0"}


class UndefinedValueError(Exception):
    pass


def strtobool(value):
    if isinstance(value, bool):
        return value
    value = value.lower()
    if value in TRUE_VALUES:
        return True
    if value in FALSE_VALUES:
        return False
    raise ValueError("Invalid truth value: " + value)


class RepositoryEmpty:
    def __init__(self, source="", encoding="UTF-8"):
        self.data = {}

    def __contains__(self, key):
        return key in os.environ or key in self.data

    def __getitem__(self, key):
        return self.data[key]


class RepositoryEnv(RepositoryEmpty):
    def __init__(self, source, encoding="UTF-8"):
        self.data = dotenv_values(source, interpolate=False)


class RepositoryIni(RepositoryEmpty):
    SECTION = "settings"

    def __init__(self, source, encoding="UTF-8"):
        import configparser

        parser = configparser.ConfigParser()
        parser.read([source])
        self.data = dict(parser.items(self.SECTION)) if parser.has_section(self.SECTION) else {}


class Config:
    def __init__(self, repository):
        self.repository = repository

    def get(self, option, default=_undefined, cast=_undefined):
        if option in os.environ:
            value = os.environ[option]
        elif option in self.repository and option in self.repository.data:
            value = self.repository[option]
        else:
            if default is _undefined:
                raise UndefinedValueError(
                    "{} not found. Declare it as envvar or define a default value.".format(option))
            value = default
        if cast is _undefined:
            return value
        if cast is bool:
            return bool(value) and strtobool(value) if value != "" else False
        return cast(value)

    def __call__(self, *args, **kwargs):
        return self.get(*args, **kwargs)


class AutoConfig:
    def __init__(self, search_path=None):
        self.search_path = search_path
        self.config = None

    def _find(self):
        folder = os.path.abspath(self.search_path or os.getcwd())
        while True:
            for name, kind in (("settings.ini", RepositoryIni), (".env", RepositoryEnv)):
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    return kind(path)
            above = os.path.dirname(folder)
            if above == folder:
                return RepositoryEmpty()
            folder = above

    def __call__(self, *args, **kwargs):
        if self.config is None:
            self.config = Config(self._find())
        return self.config(*args, **kwargs)


config = AutoConfig()


class Csv:
    def __init__(self, cast=str, delimiter=",", strip=_string.whitespace, post_process=list):
        self.cast = cast
        self.delimiter = delimiter
        self.strip = strip
        self.post_process = post_process

    def __call__(self, value):
        if value is None:
            return self.post_process()
        words = value.split(self.delimiter) if value else ()
        return self.post_process(
            self.cast(word.strip(self.strip).strip("\"'")) for word in words)


class Choices:
    def __init__(self, flat=None, cast=str, choices=None):
        self.cast = cast
        self._valid = list(flat or []) + [value for value, _ in choices or ()]

    def __call__(self, value):
        value = self.cast(value)
        if value not in self._valid:
            raise ValueError("Value not in list: {!r}; valid values are {!r}".format(
                value, self._valid))
        return value
