"""The package toml: TOML from files that are named or opened as text."""
import _toml
from os.path import fspath as _fspath


class TomlDecodeError(ValueError):
    pass


def loads(s, _dict=dict, decoder=None):
    if not isinstance(s, str):
        raise TypeError("Expecting something like a string")
    return _toml.loads(s, float, TomlDecodeError)


def load(f, _dict=dict, decoder=None):
    if isinstance(f, list):
        found = {}
        for one in f:
            found.update(load(one))
        return found
    if hasattr(f, "read"):
        return loads(f.read())
    with open(_fspath(f), encoding="utf-8") as file:
        return loads(file.read())
