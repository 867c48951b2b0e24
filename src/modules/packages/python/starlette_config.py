"""starlette.config, and the types of starlette.datastructures that it is used with."""
import os
from urllib.parse import urlsplit

from dotenv import _parse

_undefined = object()


class Environ:
    def __getitem__(self, key):
        return os.environ[key]

    def __setitem__(self, key, value):
        os.environ[key] = value

    def __contains__(self, key):
        return key in os.environ

    def get(self, key, default=None):
        return os.environ.get(key, default)


environ = Environ()


class Config:
    def __init__(self, env_file=None, environ=environ, env_prefix="", encoding="utf-8"):
        self.environ = environ
        self.env_prefix = env_prefix
        self.file_values = {}
        if env_file is not None and os.path.isfile(os.fspath(env_file)):
            with open(os.fspath(env_file), encoding=encoding) as file:
                for line in file.readlines():
                    line = line.strip()
                    if "=" in line and not line.startswith("#"):
                        key, value = line.split("=", 1)
                        self.file_values[key.strip()] = value.strip().strip("\"'")

    def __call__(self, key, cast=None, default=_undefined):
        return self.get(key, cast, default)

    def get(self, key, cast=None, default=_undefined):
        key = self.env_prefix + key
        if key in self.environ:
            return self._cast(key, self.environ[key], cast)
        if key in self.file_values:
            return self._cast(key, self.file_values[key], cast)
        if default is not _undefined:
            return self._cast(key, default, cast)
        raise KeyError("Config '%s' is missing, and has no default." % key)

    def _cast(self, key, value, cast=None):
        if cast is None or value is None:
            return value
        if cast is bool and isinstance(value, str):
            mapping = {"true": True, "1": True, "false": False, "0": False}
            if value.lower() not in mapping:
                raise ValueError("Config '%s' has value '%s'. Not a valid bool." % (key, value))
            return mapping[value.lower()]
        try:
            return cast(value)
        except (TypeError, ValueError):
            raise ValueError("Config '%s' has value '%s'. Not a valid %s."
                             % (key, value, cast.__name__))


class Secret:
    def __init__(self, value):
        self._value = value

    def __repr__(self):
        return "Secret('**********')"

    def __str__(self):
        return self._value

    def __bool__(self):
        return bool(self._value)


class CommaSeparatedStrings(list):
    def __init__(self, value):
        if isinstance(value, str):
            value = [part.strip().strip("\"'") for part in value.split(",") if part.strip()]
        super().__init__(value)


class URL:
    def __init__(self, url="", scope=None, **components):
        self._url = str(url)
        if components:
            self._url = self.replace(**components)._url

    @property
    def components(self):
        return urlsplit(self._url)

    def __getattr__(self, name):
        return getattr(urlsplit(self._url), name)

    def replace(self, **changes):
        parts = urlsplit(self._url)
        names = {"scheme", "netloc", "path", "query", "fragment"}
        return URL(parts._replace(**{k: v for k, v in changes.items() if k in names}).geturl())

    def __str__(self):
        return self._url

    def __repr__(self):
        return "URL(%r)" % self._url

    def __eq__(self, other):
        return str(self) == str(other)
