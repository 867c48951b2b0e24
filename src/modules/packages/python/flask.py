"""Flask as far as a project's configuration and env.py need it: the application with its config and
extensions, and current_app, which is the project's own application where it can be made."""
import _support
from _flask_config import Config


class _Context:
    """app.app_context(): current_app is there without it."""

    def __init__(self, app):
        self.app = app

    def push(self):
        pass

    def pop(self, exc=None):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return False


class Flask:
    made = []  # every application, in the order of its making

    def __init__(self, import_name, static_url_path=None, static_folder="static",
                 static_host=None, host_matching=False, subdomain_matching=False,
                 template_folder="templates", instance_path=None, instance_relative_config=False,
                 root_path=None):
        import os

        self.import_name = import_name
        self.name = import_name.split(".")[-1]
        self.root_path = root_path or _folder(import_name)
        self.instance_path = instance_path or os.path.join(
            _folder_above(import_name), "instance")
        self.config = Config(self.instance_path if instance_relative_config else self.root_path)
        self.extensions = {}
        self.blueprints = {}
        self.cli = _support.unknown("app.cli")
        self.secret_key = None
        Flask.made.append(self)

    @property
    def debug(self):
        return bool(self.config.get("DEBUG"))

    @debug.setter
    def debug(self, value):
        self.config["DEBUG"] = value

    @property
    def testing(self):
        return bool(self.config.get("TESTING"))

    @testing.setter
    def testing(self, value):
        self.config["TESTING"] = value

    def app_context(self):
        return _Context(self)

    def test_request_context(self, *args, **kwargs):
        return _Context(self)

    def register_blueprint(self, blueprint, **options):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _support.unknown("app." + name)


def _file(name):
    """The file of a module; of a program that was started, its folder is the project's."""
    import sys

    module = _support.import_module(name)
    found = None if _support.is_unknown(module) else getattr(module, "__file__", None)
    return found or (sys.path[0] if sys.path else "") + "/" + name


def _folder(name):
    import os

    return os.path.dirname(_file(name))


def _folder_above(name):
    """The folder that holds the package of a name, or the module."""
    import os

    top = name.split(".")[0]
    path = _file(top)
    folder = os.path.dirname(path)
    return os.path.dirname(folder) if os.path.basename(path) == "__init__.py" else folder


class _CurrentApp:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        import _flask_project

        return _flask_project.attribute(name)


current_app = _CurrentApp()


def has_app_context():
    return True


def has_request_context():
    return False
