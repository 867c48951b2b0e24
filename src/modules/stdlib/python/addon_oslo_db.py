"""oslo.db: what models mix in, and its column types."""
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
