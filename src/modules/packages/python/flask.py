"""flask.current_app as Flask-Migrate's env.py asks it: there is no running application, so the
database is the one of the configuration, of the environment, or of the project's config module."""
import os

import _database
import _support

_URI = "SQLALCHEMY_DATABASE_URI"
_modules = ("config", "app.config", "settings", "app.settings")
_classes = ("Config", "BaseConfig", "DevelopmentConfig", "DevConfig", "ProductionConfig",
            "ProdConfig", "Settings")


def _found(module, *path):
    """What a name below a module of the project is; None when there is no such, or it fails."""
    try:
        value = _support.import_module(module)
        for name in path:
            if value is None or _support.is_unknown(value):
                return None
            value = getattr(value, name, None)
    except Exception:  # a guess that fails says nothing
        return None
    return None if _support.is_unknown(value) else value


def _project_uri():
    for module in _modules:
        for path in ((_URI,), *((cls, _URI) for cls in _classes)):
            found = _found(module, *path)
            if isinstance(found, str) and found:
                return found
    return None


def _project_metadata():
    """The metadata of the project's `db = SQLAlchemy()`; None when it isn't where it mostly is."""
    found = None
    for module in ("app", "app.models", "app.extensions", "app.db", "app.database", "models",
                   "extensions", "db", "database", "main"):
        if found is None:
            found = _found(module, "db", "metadata")
    return found


def _uri():
    if _database.has_default_url():
        return _database.default_url()
    found = os.environ.get(_URI) or os.environ.get("SQLALCHEMY_DATABASE_URL") or _project_uri()
    return found or _database.default_url()  # the error that tells what to set


class _Config:
    def __getitem__(self, key):
        if key == _URI:
            return _uri()
        found = os.environ.get(key)
        return _support.unknown("current_app.config[%r]" % key) if found is None else found

    def get(self, key, default=None):
        return self[key] if key == _URI or key in os.environ else default

    def __contains__(self, key):
        return key == _URI or key in os.environ

    def __getattr__(self, name):
        return self[name]


class _Db:
    """The application's SQLAlchemy object."""

    def __init__(self):
        self._engine = None

    @property
    def metadata(self):
        return _project_metadata()

    @property
    def engine(self):
        if self._engine is None:
            from sqlalchemy import create_engine

            self._engine = create_engine(_uri())
        return self._engine

    def get_engine(self, bind_key=None, **more):
        return self.engine


class _Migrate:
    directory = "migrations"

    def __init__(self):
        self.db = _Db()
        self.configure_args = {}


class _App:
    def __init__(self):
        self.config = _Config()
        self.extensions = {"migrate": _Migrate()}
        self.extensions["sqlalchemy"] = self.extensions["migrate"]

    def __getattr__(self, name):
        return _support.unknown("current_app." + name)


current_app = _App()
