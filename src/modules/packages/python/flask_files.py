"""The files of a Flask project that name its application, its database and its configuration."""
import os
import re
import sys

_SKIPPED = ("tests", "test", "node_modules", "site-packages", "migrations", "venv", "env", "build",
            "dist", "instance", "static", "templates", "__pycache__")
_MOST = 2000  # files: more than these are no project of one application


def project_folder():
    return sys.path[0] if sys.path and sys.path[0] else os.getcwd()


def module_name(path):
    """The name a file is imported by: below the project's folder, or where its packages begin."""
    base = project_folder()
    folder = os.path.dirname(path)
    names = [os.path.basename(path)[:-3]]
    while os.path.isfile(os.path.join(folder, "__init__.py")) and folder != base:
        names.insert(0, os.path.basename(folder))
        folder = os.path.dirname(folder)
    if folder not in sys.path and folder not in (base, os.path.join(base, "src")):
        names = os.path.relpath(path, base)[:-3].split(os.sep)
    if names[-1] == "__init__":
        names = names[:-1]
    return ".".join(names)


def _files():
    out = []
    for folder, folders, files in os.walk(project_folder()):
        folders[:] = sorted(name for name in folders
                            if name not in _SKIPPED and not name.startswith("."))
        out += [os.path.join(folder, name) for name in sorted(files) if name.endswith(".py")]
        if len(out) > _MOST:
            return []
    # What lies near the root is the project's own more likely than what lies deep.
    return sorted(out, key=lambda path: path.count(os.sep))


def _texts():
    for path in _files():
        try:
            with open(path) as file:
                yield path, file.read()
        except Exception:  # a file that can't be read names nothing
            pass


class Found:
    """Modules by what their text shows."""

    def __init__(self):
        self.databases = []  # (module, name) of `db = SQLAlchemy()`
        self.applications = []
        self.configurations = []  # (module, names of classes)
        made = re.compile(r"^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*[\w.]*SQLAlchemy\(", re.M)
        for path, text in _texts():
            if "SQLAlchemy(" in text:
                for variable in made.findall(text):
                    self.databases.append((module_name(path), variable))
            if "Flask(" in text:
                self.applications.append(module_name(path))
            if "SQLALCHEMY_DATABASE_URI" in text:
                classes = re.findall(r"^class (\w+)", text, re.M)
                self.configurations.append((module_name(path), classes))
