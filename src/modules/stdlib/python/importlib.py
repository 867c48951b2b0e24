"""Importing by name."""
import _support


def import_module(name, package=None):
    if name.startswith("."):
        if not package:
            raise TypeError("the 'package' argument is required to perform a relative import for "
                            "%r" % name)
        level = len(name) - len(name.lstrip("."))
        parent = package.split(".")
        if level > len(parent):
            raise ImportError("attempted relative import beyond top-level package")
        name = ".".join(parent[:len(parent) - level + 1] + [part for part in
                                                            [name.lstrip(".")] if part])
    return _support.import_module(name)


__import__ = import_module


def reload(module):
    return module


def invalidate_caches():
    pass
