"""The modules of packages of the project."""
import _support
import os.path as _path
import sys as _sys


class ModuleInfo(tuple):
    """(module_finder, name, ispkg)"""

    def __new__(cls, module_finder, name, ispkg):
        made = super().__new__(cls, (module_finder, name, ispkg))
        return made

    module_finder = property(lambda self: self[0])
    name = property(lambda self: self[1])
    ispkg = property(lambda self: self[2])

    def __repr__(self):
        return "ModuleInfo(module_finder=%r, name=%r, ispkg=%r)" % tuple(self)


class FileFinder:
    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return "FileFinder(%r)" % self.path


def _names(folder):
    """(name, whether it is a package) in the order of CPython."""
    try:
        files = _support.list_folder(folder)
    except OSError:
        return
    seen = set()
    for file in files:
        full = _path.join(folder, file)
        if file.endswith(".py"):
            name, package = file[:-3], False
        elif "." not in file and _path.isfile(_path.join(full, "__init__.py")):
            name, package = file, True
        else:
            continue
        if name != "__init__" and "." not in name and name not in seen:
            seen.add(name)
            yield name, package


def iter_modules(path=None, prefix=""):
    if isinstance(path, str):
        raise ValueError("path must be None or list of paths to look for modules in")
    seen = set()
    for folder in _sys.path if path is None else path:
        folder = _path.fspath(folder)
        finder = FileFinder(folder)
        for name, package in _names(folder or "."):
            if name not in seen:
                seen.add(name)
                yield ModuleInfo(finder, prefix + name, package)


def walk_packages(path=None, prefix="", onerror=None):
    seen = set()
    for info in iter_modules(path, prefix):
        yield info
        if not info.ispkg:
            continue
        try:
            package = _support.import_module(info.name)
        except ImportError:
            if onerror is not None:
                onerror(info.name)
            continue
        except Exception:
            if onerror is None:
                raise
            onerror(info.name)
            continue
        inside = [folder for folder in getattr(package, "__path__", []) if folder not in seen]
        seen.update(inside)
        yield from walk_packages(inside, info.name + ".", onerror)


def extend_path(path, name):
    return path


def get_data(package, resource):
    module = _support.import_module(package)
    file = getattr(module, "__file__", None)
    if file is None:
        return None
    return _support.read_bytes(_path.join(_path.dirname(file), *resource.split("/")))


def resolve_name(name):
    if ":" in name:
        module, _, rest = name.partition(":")
        found = _support.import_module(module)
        parts = rest.split(".") if rest else []
    else:
        parts = name.split(".")
        found = _support.import_module(parts.pop(0))
        while parts and hasattr(found, parts[0]):
            found = getattr(found, parts.pop(0))
    for part in parts:
        found = getattr(found, part)
    return found
