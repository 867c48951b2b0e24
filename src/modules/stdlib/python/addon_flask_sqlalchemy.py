"""Flask-SQLAlchemy: a MetaData, a base class whose tables are named after its classes, and the
names of SQLAlchemy as attributes."""
import re

import sqlalchemy as sa
import sqlalchemy.orm as sa_orm
from _orm_declarative import DeclarativeMeta, registry
from _orm_support import metadata_of


def camel_to_snake_case(name):
    name = re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name)
    return name.lower().lstrip("_")


def _is_declarative(cls):
    return getattr(cls, "_sa_registry", None) is not None


def _wants_name(cls):
    """Whether the table is named after the class: it is not a base, and no mapped class above and
    nothing of its own says a name."""
    if cls.__dict__.get("__abstract__", False) or "_sa_registry" in cls.__dict__:
        return False
    for base in cls.__mro__:
        if "__tablename__" not in base.__dict__:
            continue
        if isinstance(base.__dict__["__tablename__"], sa_orm.declared_attr):
            return False
        return not (base is cls or base.__dict__.get("__abstract__", False)
                    or not _is_declarative(base))
    return True


def _prepare(cls):
    """What comes before the class is mapped: its bind, its table's name."""
    key = cls.__dict__.get("__bind_key__")
    extension = getattr(cls, "__fsa__", None)
    if key is not None and extension is not None and "metadata" not in cls.__dict__:
        cls.metadata = extension._make_metadata(key)
    if getattr(extension, "autonaming", True) and _wants_name(cls) and "__table__" not in cls.__dict__:
        cls.__tablename__ = camel_to_snake_case(cls.__name__)


def _make_table(cls, *args, **kwargs):
    """No primary key: a class of its parent's table."""
    schema = kwargs.get("schema")
    key = args[0] if schema is None else "%s.%s" % (schema, args[0])
    if key not in cls.metadata.tables:
        has_key = any((isinstance(arg, sa.Column) and arg.primary_key)
                      or isinstance(arg, sa.PrimaryKeyConstraint) for arg in args)
        if not has_key and any(base.__dict__.get("__table__") is not None
                               for base in cls.__mro__[1:-1]):
            if "__tablename__" in cls.__dict__:
                del cls.__tablename__
            return None
    return sa.Table(*args, **kwargs)


class BindMixin:
    pass


class NameMixin:
    pass


class BindMetaMixin(type):
    pass


class NameMetaMixin(type):
    pass


class DefaultMeta(BindMetaMixin, NameMetaMixin, DeclarativeMeta):
    def __init__(cls, name, bases, names, **kwargs):
        if "_sa_registry" not in names:
            _prepare(cls)
        DeclarativeMeta.__init__(cls, name, bases, names, **kwargs)


def _running_bind(what):
    """The connection of the migration that runs; a model file alone has none."""
    from alembic import op
    try:
        return op.get_bind()
    except Exception:
        raise RuntimeError("%s needs a database, and there is one in a migration only" % what)


class _ModelQuery:
    """Model.query, of the class and of its objects."""

    def __get__(self, instance, owner):
        return owner.__fsa__.session.query(owner)


class _Session:
    """db.session: a session over the connection that the migration has."""

    _own = None

    def __call__(self, *args, **kwargs):
        return self

    def remove(self):
        self._own = None

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if self._own is None:
            self._own = sa_orm.Session(bind=_running_bind("db.session." + name))
        return getattr(self._own, name)


class Model:
    __fsa__ = None
    query_class = sa_orm.Query

    @classmethod
    def __table_cls__(cls, *args, **kwargs):
        return _make_table(cls, *args, **kwargs)

    query = _ModelQuery()

    def __repr__(self):
        return "<%s>" % type(self).__name__


class SQLAlchemy:
    Query = sa_orm.Query

    def __init__(self, app=None, *, metadata=None, session_options=None, query_class=None,
                 model_class=Model, engine_options=None, add_models_to_shell=True,
                 disable_autonaming=False, **kwargs):
        self.metadatas = {}
        self.autonaming = not disable_autonaming
        self.metadatas[None] = metadata if metadata is not None else sa.MetaData()
        self.session = _Session()
        self.Table = self._make_table_class()
        self.Model = self._make_model(model_class)
        if app is not None:
            self.init_app(app)

    @property
    def metadata(self):
        return self.metadatas[None]

    def _make_metadata(self, bind_key):
        if bind_key not in self.metadatas:
            own = sa.MetaData(naming_convention=self.metadata.naming_convention or None)
            self.metadatas[bind_key] = own
        return self.metadatas[bind_key]

    def _make_table_class(self):
        extension = self

        def make(name, *args, bind_key=None, **kwargs):
            if args and isinstance(args[0], sa.MetaData):
                return sa.Table(name, *args, **kwargs)
            return sa.Table(name, extension._make_metadata(bind_key), *args, **kwargs)
        return make

    def _make_model(self, given):
        names = {"__fsa__": self, "query_class": sa_orm.Query}
        if isinstance(given, type) and issubclass(given, (sa_orm.DeclarativeBase,
                                                          sa_orm.DeclarativeBaseNoMeta)):
            return self._make_mapped_model(given, names)
        if _is_declarative(given):
            given.__fsa__ = self
            self.metadatas[None] = given.metadata
            return given
        own = registry(metadata=self.metadata)
        names.update(registry=own, _sa_registry=own, metadata=self.metadata, __abstract__=True,
                     __init__=own.constructor)
        bases = (given,) if issubclass(given, Model) else (given, Model)
        return DefaultMeta("Model", bases, names)

    def _make_mapped_model(self, given, names):
        body = given.__dict__
        if isinstance(body.get("metadata"), sa.MetaData):
            self.metadatas[None] = body["metadata"]
        own = registry(metadata=self.metadata,
                       type_annotation_map=getattr(given, "type_annotation_map", None))
        names.update(registry=own, _sa_registry=own, metadata=self.metadata, __abstract__=True)

        def prepare(cls, **kwargs):
            _prepare(cls)
            super(made, cls).__init_subclass__(**kwargs)
        made = type(given)("Model", (given, Model), names)
        type.__setattr__(made, "__init_subclass__", classmethod(prepare))
        return made

    def init_app(self, app):
        app.extensions["sqlalchemy"] = self

    def create_all(self, bind_key="__all__"):
        pass

    def drop_all(self, bind_key="__all__"):
        pass

    def reflect(self, bind_key="__all__"):
        pass

    @property
    def engine(self):
        return self.get_engine()

    @property
    def engines(self):
        return {None: self.engine}

    def get_engine(self, bind_key=None, **kwargs):
        try:
            return _running_bind("db.engine").engine
        except RuntimeError:    # env.py asks for it before a migration runs
            from _flask_project import engine_of

            return engine_of(bind_key)

    def __getattr__(self, name):
        if name.startswith("__") or name in ("engine", "engines", "metadatas"):
            raise AttributeError(name)
        if name == "event":
            import sqlalchemy.event
            return sqlalchemy.event
        for module in (sa, sa_orm):
            found = getattr(module, name, None)
            if found is not None:
                return found
        raise AttributeError("'SQLAlchemy' object has no attribute %r" % name)
