"""environs: typed values of the environment."""
import json as _json
import os

import dotenv

_missing = object()


class EnvError(ValueError):
    pass


class EnvValidationError(EnvError):
    pass


_TRUE = {"t", "true", "on", "1", "y", "yes"}
_FALSE = {"f", "false", "off", "0", "n", "no", ""}


def _bool(value):
    lowered = str(value).lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    raise ValueError("Not a valid boolean.")


def _list(value, subcast=None, delimiter=","):
    items = value if isinstance(value, (list, tuple)) else (
        value.split(delimiter) if value else [])
    return [subcast(item) if subcast else item for item in items]


def _dict(value, subcast=None, **more):
    if isinstance(value, dict):
        return value
    pairs = (part.split("=", 1) for part in value.split(",") if part.strip())
    return {key.strip(): subcast(text.strip()) if subcast else text.strip()
            for key, text in pairs}


def _identity(value):
    return value


class _Method:
    def __init__(self, env, convert):
        self._env = env
        self._convert = convert

    def __call__(self, name, default=_missing, *, validate=None, subcast=None, delimiter=",",
                 **more):
        found = self._env._find(name)
        if found is None:
            if default is _missing:
                raise EnvError('Environment variable "%s" not set' % self._env._full(name))
            return default
        try:
            if self._convert is _list:
                return _list(found, subcast, delimiter)
            if self._convert is _dict:
                return _dict(found, subcast)
            return self._convert(found)
        except ValueError as problem:
            raise EnvValidationError('Environment variable "%s" invalid: %s'
                                     % (self._env._full(name), problem))


class _Prefix:
    def __init__(self, env, prefix):
        self._env = env
        self._prefix = prefix

    def __enter__(self):
        self._before = self._env._prefix
        self._env._prefix += self._prefix
        return self._env

    def __exit__(self, *problem):
        self._env._prefix = self._before


class Env:
    def __init__(self, *, eager=True, expand_vars=False, prefix=None):
        from datetime import date, datetime, timedelta
        from decimal import Decimal
        from pathlib import Path
        from urllib.parse import urlparse
        from uuid import UUID

        self._prefix = prefix or ""
        self._expand = expand_vars
        converters = {
            "str": str, "int": int, "float": float, "bool": _bool, "list": _list, "dict": _dict,
            "json": _json.loads, "decimal": Decimal, "path": Path, "uuid": UUID, "url": urlparse,
            "date": date.fromisoformat, "datetime": datetime.fromisoformat,
            "timedelta": lambda value: timedelta(seconds=int(value)),
            "log_level": lambda value: __import__("logging").getLevelName(value)}
        for name, convert in converters.items():
            setattr(self, name, _Method(self, convert))
        self._plain = _Method(self, _identity)

    def _full(self, name):
        return self._prefix + name

    def _find(self, name):
        found = os.environ.get(self._full(name))
        if found is not None and self._expand:
            found = dotenv._resolve([("value", found)], True, True)["value"]
        return found

    def __call__(self, name, default=_missing, **more):
        return self._plain(name, default, **more)

    def prefixed(self, prefix):
        return _Prefix(self, prefix)

    @staticmethod
    def read_env(path=None, recurse=True, verbose=False, override=False, return_path=False):
        if path is None:
            folder, name = dotenv.calling_folder(), ".env"
        elif os.path.isdir(path):
            folder, name = os.path.abspath(path), ".env"
        else:
            folder, name = os.path.split(os.path.abspath(path))
        found = dotenv.find_above(folder, name) if recurse else os.path.join(folder, name)
        loaded = dotenv.load_dotenv(found, override=override) if found else False
        return found if return_path else loaded

    def seal(self):
        pass


env = Env()
