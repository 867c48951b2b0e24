"""The machine, as evaluated files see it: the same everywhere."""


def system():
    return "Linux"


def machine():
    return "x86_64"


def node():
    return "localhost"


def release():
    return ""


def version():
    return ""


def processor():
    return ""


def platform(aliased=False, terse=False):
    return "Linux"


def python_version():
    return "3.13.0"


def python_version_tuple():
    return ("3", "13", "0")


def python_implementation():
    return "retort"
