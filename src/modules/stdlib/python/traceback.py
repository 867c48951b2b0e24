"""Texts of exceptions."""


def format_exception_only(exc, value=None, /):
    if value is not None:
        exc = value
    name = type(exc).__name__
    module = type(exc).__module__
    if module not in ("builtins", "__main__"):
        name = module + "." + name
    text = str(exc)
    return ["%s: %s\n" % (name, text) if text else name + "\n"]


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    if value is not None:
        exc = value
    if exc is None:
        return ["NoneType: None\n"]
    return ["Traceback (most recent call last):\n"] + format_exception_only(exc)


def format_exc(limit=None, chain=True):
    return "NoneType: None\n"


def print_exc(limit=None, file=None, chain=True):
    pass


def print_exception(exc, value=None, tb=None, limit=None, file=None, chain=True):
    import sys

    (file or sys.stderr).write("".join(format_exception(exc, value)))


def format_tb(tb, limit=None):
    return []


def extract_tb(tb, limit=None):
    return []


def format_stack(f=None, limit=None):
    return []


def print_stack(f=None, limit=None, file=None):
    pass
