"""advanced-alchemy: the bases of its models and what they mix in."""
import datetime
import re
import uuid

from advanced_alchemy.types.datetime import DateTimeUTC
from advanced_alchemy.types.file_object import FileObject, FileObjectList
from advanced_alchemy.types.file_object.data_type import StoredObject
from advanced_alchemy.types.guid import GUID
from advanced_alchemy.types.identity import BigIntIdentity
from advanced_alchemy.types.json import JsonB
from sqlalchemy import Date, Identity, Index, Integer, MetaData, Sequence, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry

# ---- mixins


class SentinelMixin:
    @declared_attr
    def _sentinel(cls) -> Mapped[int]:
        return mapped_column("sa_orm_sentinel", Integer, nullable=True, sort_order=3001)


class UUIDPrimaryKey(SentinelMixin):
    id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, primary_key=True, sort_order=-100)


class UUIDv6PrimaryKey(SentinelMixin):
    id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, primary_key=True, sort_order=-100)


class UUIDv7PrimaryKey(SentinelMixin):
    id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, primary_key=True, sort_order=-100)


class NanoIDPrimaryKey(SentinelMixin):
    id: Mapped[str] = mapped_column(default=lambda: uuid.uuid4().hex, primary_key=True, sort_order=-100)


def _schema_of(cls):
    """The schema of a model, wherever it says it."""
    given = getattr(cls, "__table_args__", None)
    if isinstance(given, tuple) and given:
        given = given[-1]
    if isinstance(given, dict) and "schema" in given:
        return given["schema"]
    return (getattr(cls, "__table_kwargs__", None) or {}).get("schema")


class BigIntPrimaryKey:
    @declared_attr
    def id(cls) -> Mapped[int]:
        sequence = Sequence(f"{cls.__tablename__}_id_seq", optional=False, schema=_schema_of(cls))
        return mapped_column(BigIntIdentity, sequence, primary_key=True, sort_order=-100)


class IdentityPrimaryKey:
    @declared_attr
    def id(cls) -> Mapped[int]:
        return mapped_column(BigIntIdentity, Identity(start=1, increment=1), primary_key=True, sort_order=-100)


def _now():
    return datetime.datetime.now(datetime.timezone.utc)


class AuditColumns:
    created_at: Mapped[datetime.datetime] = mapped_column(DateTimeUTC(timezone=True), default=_now, sort_order=3002)
    updated_at: Mapped[datetime.datetime] = mapped_column(DateTimeUTC(timezone=True), default=_now, onupdate=_now,
                                                          sort_order=3003)


class SlugKey:
    @declared_attr
    def slug(cls) -> Mapped[str]:
        return mapped_column(String(length=100), nullable=False)

    @declared_attr.directive
    def __table_args__(cls):
        return (UniqueConstraint(cls.slug, name=f"uq_{cls.__tablename__}_slug"),
                Index(f"ix_{cls.__tablename__}_slug_unique", cls.slug, unique=True))


class UniqueMixin:
    pass


# ---- bases

convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def create_registry(custom_annotation_map=None):
    types = {
        uuid.UUID: GUID,
        datetime.datetime: DateTimeUTC,
        datetime.date: Date,
        dict: JsonB,
        FileObject: StoredObject,
        FileObjectList: StoredObject,
    }
    types.update(custom_annotation_map or {})
    return registry(metadata=MetaData(naming_convention=convention), type_annotation_map=types)


orm_registry = create_registry()


class MetadataRegistry:
    """The MetaData of each `__bind_key__`."""

    _registry = {None: orm_registry.metadata}

    def get(self, bind_key=None):
        return self._registry.setdefault(bind_key, MetaData(naming_convention=convention))

    def set(self, bind_key, metadata):
        self._registry[bind_key] = metadata

    def __getitem__(self, bind_key):
        return self._registry[bind_key]

    __setitem__ = set

    def __iter__(self):
        return iter(self._registry)

    def __contains__(self, bind_key):
        return bind_key in self._registry


metadata_registry = MetadataRegistry()


def _snake_case(name):
    return re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name).lower()


def _is_of_parent(cls):
    """Whether a model lives in the table of the model it derives from."""
    own = getattr(cls, "__mapper_args__", {})
    if isinstance(own, dict) and (own.get("concrete") or "polymorphic_on" in own and "__mapper_args__" in vars(cls)):
        return False
    return any("polymorphic_on" in getattr(parent, "__mapper_args__", {}) for parent in cls.__mro__[1:]
               if isinstance(getattr(parent, "__mapper_args__", {}), dict))


class BasicAttributes:
    pass


class CommonTableAttributes(BasicAttributes):
    @declared_attr.directive
    def __tablename__(cls):
        return None if _is_of_parent(cls) else _snake_case(cls.__name__)


class AdvancedDeclarativeBase(DeclarativeBase):
    __abstract__ = True
    registry = orm_registry
    __metadata_registry__ = metadata_registry
    __bind_key__ = None

    def __init_subclass__(cls, **kwargs):
        if cls.__bind_key__ is not None:
            cls.metadata = metadata_registry.get(cls.__bind_key__)
        super().__init_subclass__(**kwargs)


class UUIDBase(UUIDPrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True


class UUIDAuditBase(CommonTableAttributes, UUIDPrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True


class UUIDv6Base(UUIDv6PrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True


class UUIDv6AuditBase(CommonTableAttributes, UUIDv6PrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True


class UUIDv7Base(UUIDv7PrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True


class UUIDv7AuditBase(CommonTableAttributes, UUIDv7PrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True


class NanoIDBase(NanoIDPrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True


class NanoIDAuditBase(CommonTableAttributes, NanoIDPrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True


class BigIntBase(BigIntPrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True


class BigIntAuditBase(CommonTableAttributes, BigIntPrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True


class IdentityBase(IdentityPrimaryKey, CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True


class IdentityAuditBase(CommonTableAttributes, IdentityPrimaryKey, AuditColumns, AdvancedDeclarativeBase):
    __abstract__ = True


class DefaultBase(CommonTableAttributes, AdvancedDeclarativeBase):
    __abstract__ = True


class SQLQuery(BasicAttributes, AdvancedDeclarativeBase):
    __abstract__ = True
    __allow_unmapped__ = True
