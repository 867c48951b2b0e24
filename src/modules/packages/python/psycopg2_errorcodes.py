"""psycopg2.errorcodes: UNIQUE_VIOLATION and the like."""
from psycopg2.errors import _CODES


def _define():
    names = globals()
    for each in _CODES.split():
        code, constant = each.split("=")
        names.setdefault(constant, code)


_define()


def lookup(code):
    for each in _CODES.split():
        if each.startswith(code + "="):
            return each.split("=")[1]
    raise KeyError(code)
