"""oslo.db: what models mix in."""
import datetime

from sqlalchemy import Column, DateTime, Integer


def _utcnow():
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


class ModelBase:
    __table_initialized__ = False


class ModelIterator:
    pass


class TimestampMixin:
    created_at = Column(DateTime, default=_utcnow)
    updated_at = Column(DateTime, onupdate=_utcnow)


class SoftDeleteMixin:
    deleted_at = Column(DateTime)
    deleted = Column(Integer, default=0)
