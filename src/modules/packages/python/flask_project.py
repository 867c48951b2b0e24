"""The project's Flask application as `flask db` finds it, and what env.py asks of it. What can't be
made of the application is looked for in the project's files."""
import os

import _database
import _support
from _flask_config import Config
from _flask_files import Found, project_folder

_URI = "SQLALCHEMY_DATABASE_URI"
_MODULES = ("wsgi", "app", "application", "main", "run", "manage", "server")
_CLASSES = ("Config", "BaseConfig", "DevelopmentConfig", "DevConfig", "ProductionConfig",
            "ProdConfig", "Settings")


class _State:
    application = None
    looked = False
    files = None


def _files():
    if _State.files is None:
        _State.files = Found()
    return _State.files


def _known(make):
    """What a guess gives; None when it fails or can't be known."""
    found = _support.attempt(make)
    return None if _support.is_unknown(found) else found


def _module(name):
    return _known(lambda: _support.import_module(name))


def _value(owner, name):
    return _known(lambda: getattr(owner, name, None))


def _of_module(module, names, factories):
    from flask import Flask

    for name in names:
        found = _value(module, name)
        if isinstance(found, Flask):
            return found
    for name in factories:
        factory = _value(module, name)
        if not callable(factory):
            continue
        before = len(Flask.made)
        found = _known(factory)
        if found is None and len(Flask.made) > before:
            # What it had set before it came to something that is not there still counts.
            found = Flask.made[-1]
        if isinstance(found, Flask):
            return found
    return None


def _load_dotenv():
    from dotenv import load_dotenv

    for name in (".env", ".flaskenv"):
        path = os.path.join(project_folder(), name)
        if os.path.isfile(path):
            load_dotenv(path)


def _given():
    """(module, names) of FLASK_APP: "package.module:name", a path, a call of a factory."""
    text = os.environ.get("FLASK_APP", "").strip()
    if not text:
        return None, ()
    path, _, name = text.partition(":")
    name = name.partition("(")[0].strip()
    if path.endswith(".py"):
        path = path[:-3]
    path = path.strip("./").replace("/", ".")
    return path, (name,) if name else ()


def application():
    if _State.looked:
        return _State.application
    _State.looked = True
    _load_dotenv()
    given, names = _given()
    factories = ("create_app", "make_app")
    if given:
        module = _module(given)
        _State.application = module and _of_module(module, names or ("app", "application"),
                                                   names or factories)
        return _State.application
    for name in (*_MODULES, *_files().applications):
        module = _module(name)
        found = module and _of_module(module, ("app", "application"), factories)
        if found is not None:
            _State.application = found
            break
    return _State.application


def _configured(key):
    app = application()
    found = None if app is None else app.config.get(key)
    return None if _support.is_unknown(found) else found


def _written(module, classes):
    """The URI of a module of settings or of one of its classes."""
    if module is None:
        return None
    known = [name for name in _CLASSES if name in classes]
    for owner in (module, *(_value(module, name) for name in
                            known + [name for name in classes if name not in known])):
        found = None if owner is None else _value(owner, _URI)
        if isinstance(found, str) and found:
            return found
    return None


def _anchored(uri):
    """Flask-SQLAlchemy's files are in the instance folder; in that of the application before 3.0."""
    app = application()
    start = "sqlite:///"
    name = uri[len(start):].partition("?")[0]
    if app is None or not uri.startswith(start) or not name or name.startswith(("/", ":memory:", "file:")):
        return uri
    folder = app.instance_path
    if not os.path.isfile(os.path.join(folder, name)) and os.path.isfile(
            os.path.join(app.root_path, name)):
        folder = app.root_path
    os.makedirs(folder, exist_ok=True)
    return start + os.path.join(folder, uri[len(start):])


def uri(bind_key=None):
    if bind_key is not None:
        return _bind(bind_key)
    # Flask-Migrate looks nowhere else; the configuration stands in for what the application lacks.
    found = _configured(_URI)
    if isinstance(found, str) and found:
        return _anchored(found)
    if _database.has_default_url():
        return _database.default_url()
    found = os.environ.get(_URI) or os.environ.get("SQLALCHEMY_DATABASE_URL")
    if found:
        return found
    for name, classes in _files().configurations:
        found = _written(_module(name), classes)
        if found:
            return _anchored(found)
    return _database.default_url()  # the error that tells what to set


def _bind(key):
    found = (_configured("SQLALCHEMY_BINDS") or {}).get(key)
    if isinstance(found, dict):
        found = found.get("url")
    if found is None:
        raise LookupError("SQLALCHEMY_BINDS has no database %r" % key)
    return _anchored(found)


def _extension():
    """The project's `db = SQLAlchemy()`."""
    app = application()
    migrate = None if app is None else app.extensions.get("migrate")
    own = getattr(migrate, "db", None)
    if own is not None and not _support.is_unknown(own):
        return own
    for name, variable in _files().databases:
        found = _value(_module(name), variable) if _module(name) is not None else None
        if found is not None:
            for other in _files().applications:
                _module(other)  # what it imports has models, too
            return found
    return None


class _Db:
    """The application's SQLAlchemy object, with engines."""

    def __init__(self):
        self._own = None
        self._engines = {}

    def _real(self):
        if self._own is None:
            self._own = _extension()
        return self._own

    @property
    def metadata(self):
        own = self._real()
        return None if own is None else own.metadata

    @property
    def engine(self):
        return self.get_engine()

    @property
    def engines(self):
        keys = [None, *(_configured("SQLALCHEMY_BINDS") or {})]
        return {key: self.get_engine(key) for key in keys}

    def get_engine(self, bind_key=None, **more):
        if bind_key not in self._engines:
            from sqlalchemy import create_engine

            self._engines[bind_key] = create_engine(uri(bind_key))
        return self._engines[bind_key]

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        own = self._real()
        if own is None:
            raise AttributeError("the project's SQLAlchemy() was not found: %s" % name)
        return getattr(own, name)


def engine_of(bind_key):
    """The engine of the application's configuration, one for each key."""
    return attribute("extensions")["sqlalchemy"].get_engine(bind_key)


class _Migrate:
    """What Flask-Migrate leaves in the application's extensions."""

    directory = "migrations"

    def __init__(self):
        self.db = _Db()

    @property
    def configure_args(self):
        app = application()
        own = None if app is None else app.extensions.get("migrate")
        if own is None or _support.is_unknown(own):
            own = _written_migrate()
        return {} if own is None else dict(own.configure_args)


def _written_migrate():
    """The `Migrate(...)` of an application that couldn't be made."""
    from flask_migrate import Migrate

    for made in Migrate.made[-1:]:
        return made
    return None


class _Settings(Config):
    """The application's config; the environment where it says nothing."""

    def __init__(self):
        app = application()
        Config.__init__(self, project_folder(), {} if app is None else app.config)

    def __getitem__(self, key):
        if key == _URI:
            return uri()
        if dict.__contains__(self, key):
            return dict.__getitem__(self, key)
        found = os.environ.get(key)
        return _support.unknown("current_app.config[%r]" % key) if found is None else found

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __contains__(self, key):
        return key == _URI or dict.__contains__(self, key) or key in os.environ


class _Current:
    config = None
    extensions = None


def attribute(name):
    """`current_app.name`."""
    app = application()
    if name == "config":
        if _Current.config is None:
            _Current.config = _Settings()
        return _Current.config
    if name == "extensions":
        if _Current.extensions is None:
            _Current.extensions = {} if app is None else dict(app.extensions)
            _Current.extensions["migrate"] = _Migrate()
            _Current.extensions["sqlalchemy"] = _Current.extensions["migrate"].db
        return _Current.extensions
    if app is None:
        return _support.unknown("current_app." + name)
    return getattr(app, name)
