"""oslo.db: what models mix in, its column types, and enginefacade with the migration's connection."""
import contextlib
import json

from oslo_utils import timeutils
from sqlalchemy import Column, DateTime, Integer, Text
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeDecorator


class ModelBase:
    __table_initialized__ = False


class ModelIterator:
    pass


class TimestampMixin:
    created_at = Column(DateTime, default=timeutils.utcnow)
    updated_at = Column(DateTime, onupdate=timeutils.utcnow)


class SoftDeleteMixin:
    deleted_at = Column(DateTime)
    deleted = Column(Integer, default=0)


class SoftDeleteInteger(TypeDecorator):
    impl = Integer
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else int(value)


class JsonEncodedType(TypeDecorator):
    type = None
    impl = Text
    cache_ok = True

    def __init__(self, mysql_as_long=False, mysql_as_medium=False):
        super().__init__()
        if mysql_as_long and mysql_as_medium:
            raise TypeError("mysql_as_long and mysql_as_medium are mutually exclusive")
        if mysql_as_long:
            self.impl = Text().with_variant(mysql.LONGTEXT(), "mysql")
        elif mysql_as_medium:
            self.impl = Text().with_variant(mysql.MEDIUMTEXT(), "mysql")

    def process_bind_param(self, value, dialect):
        if value is None and self.type is not None:
            value = self.type()
        elif self.type is not None and not isinstance(value, self.type):
            raise TypeError("%s stores %s, not %s" % (
                type(self).__name__, self.type.__name__, type(value).__name__))
        return json.dumps(value)

    def process_result_value(self, value, dialect):
        return None if value is None else json.loads(value)


class JsonEncodedDict(JsonEncodedType):
    type = dict
    cache_ok = True


class JsonEncodedList(JsonEncodedType):
    type = list
    cache_ok = True


class _Facade:
    """A reader or a writer: a decorator of functions, and what gives an engine or a session."""

    def __call__(self, function):
        return function

    @property
    def allow_async(self):
        return self

    savepoint = connection = independent = allow_async

    def get_engine(self):
        from sqlalchemy.engine import engine_from_config

        return engine_from_config({})

    def get_sessionmaker(self):
        from sqlalchemy.orm import sessionmaker

        return sessionmaker(bind=self.get_engine())

    @contextlib.contextmanager
    def using(self, context):
        yield self.get_sessionmaker()()


class _TransactionContext:
    def __init__(self):
        self.reader = self.writer = _Facade()

    def configure(self, **options):
        pass

    def append_on_engine_create(self, function):
        pass

    def get_legacy_facade(self):
        return self.writer

    def patch_engine(self, engine):
        pass


def transaction_context():
    return _TransactionContext()


def transaction_context_provider(cls):
    return cls


reader = writer = _Facade()


def configure(**options):
    pass
