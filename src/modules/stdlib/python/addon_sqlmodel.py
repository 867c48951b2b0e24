"""SQLModel: classes whose fields are columns.

The fields of a class with table=True become columns in pydantic's order: inherited ones first, a
field that is given again keeps its place.
"""
import datetime
import decimal
import enum
import ipaddress
import pathlib
import uuid

import _support
import sqlalchemy as sa
from sqlalchemy import (ARRAY, BIGINT, BINARY, BLOB, BOOLEAN, CHAR, CLOB, DATE, DATETIME, DECIMAL,
                        DOUBLE, DOUBLE_PRECISION, FLOAT, INT, INTEGER, JSON, NCHAR, NUMERIC,
                        NVARCHAR, REAL, SMALLINT, TEXT, TIME, TIMESTAMP, UUID, VARBINARY, VARCHAR,
                        BigInteger, Boolean, CheckConstraint, Column, Computed, Date, DateTime,
                        Double, Enum, Float, ForeignKey, ForeignKeyConstraint, Identity, Index,
                        Integer, Interval, LargeBinary, MetaData, Numeric, PickleType,
                        PrimaryKeyConstraint, Sequence, SmallInteger, String, Table, Text, Time,
                        TypeDecorator, Unicode, UnicodeText, UniqueConstraint, Uuid, alias, and_,
                        asc, between, bindparam, case, cast, collate, column, delete, desc,
                        distinct, exists, extract, false, func, insert, inspect, join, lateral,
                        literal, literal_column, not_, null, nulls_first, nulls_last, or_,
                        outerjoin, over, select, table, text, true, tuple_, type_coerce, union,
                        union_all, update, values, within_group)
from sqlalchemy.orm import Session, aliased, declared_attr, relationship
from typing import Annotated, ForwardRef, get_args, get_origin

from pydantic import BaseModel

import _orm_annotation
from _orm_attributes import MapperProperty, RelationshipProperty
from _orm_declarative import add_attribute, default_constructor, is_mapped, map_class, registry
from addon_sqlmodel_types import GUID, AutoString, UTCDateTime

Undefined = _support.make_alias(object, ("undefined",))

default_registry = registry()


class FieldInfo:
    def __init__(self, default=Undefined, **kwargs):
        self.default = default
        self.default_factory = kwargs.pop("default_factory", None)
        self.options = kwargs

    def get(self, name, default=None):
        found = self.options.get(name, Undefined)
        return default if found is Undefined else found


class RelationshipInfo:
    def __init__(self, *, back_populates=None, cascade_delete=False, passive_deletes=False,
                 link_model=None, sa_relationship=None, sa_relationship_args=None,
                 sa_relationship_kwargs=None):
        self.back_populates = back_populates
        self.link_model = link_model
        self.sa_relationship = sa_relationship
        self.args = sa_relationship_args or ()
        self.kwargs = dict(sa_relationship_kwargs or {})


def Field(default=Undefined, **kwargs):
    if default is ...:
        default = Undefined
    return FieldInfo(default, **kwargs)


def Relationship(**kwargs):
    return RelationshipInfo(**kwargs)


_STRINGS = (str, pathlib.PurePath, ipaddress.IPv4Address, ipaddress.IPv4Network,
            ipaddress.IPv6Address, ipaddress.IPv6Network)


class _Declared:
    """A field as a class body wrote it."""

    def __init__(self, owner, name, value):
        self.owner = owner
        self.name = name
        self.info = value if isinstance(value, FieldInfo) else FieldInfo(value)
        if value is not Undefined and not isinstance(value, FieldInfo) \
                and type(value).__name__ == "FieldInfo":
            self.info = _from_pydantic(value)
        self._kind = None

    @property
    def kind(self):
        if self._kind is None:
            found = _support.annotation(self.owner, self.name, True)
            self._kind = _orm_annotation.resolve(self.owner, self.name, found)
        return self._kind

    def takes_none(self):
        given = self.info.get("nullable")
        if given is not None:
            return given
        return _orm_annotation.includes_none(self.kind)

    def constraint(self, name):
        """max_length=..., from Field() itself or from Annotated[...]."""
        found = self.info.get(name)
        kind = _orm_annotation.without_none(self.kind)
        for each in getattr(kind, "__metadata__", ()):
            if found is None:
                found = each.get(name) if isinstance(each, FieldInfo) \
                    else getattr(each, name, None)
        return found

    def sa_type(self):
        given = self.info.get("sa_type")
        if given is not None:
            return given
        kind = _orm_annotation.without_none(self.kind)
        while get_origin(kind) is Annotated:
            kind = _orm_annotation.without_none(kind.__origin__)
        if get_origin(kind) is not None and not isinstance(kind, type):
            kind = get_origin(kind)
        if not isinstance(kind, type):
            raise TypeError("the field %r has no column type: %r; give it with sa_type=... or "
                            "sa_column=..." % (self.name, kind))
        if issubclass(kind, enum.Enum):
            return sa.Enum(kind)
        if issubclass(kind, _STRINGS) or kind.__name__ in ("EmailStr", "NameEmail"):
            length = self.constraint("max_length")
            return AutoString(length=length) if length else AutoString
        if kind.__name__ == "NaiveDatetime":
            return sa.DateTime(timezone=False)
        if issubclass(kind, datetime.datetime) or kind.__name__ == "AwareDatetime":
            return UTCDateTime()
        for python, made in ((float, sa.Float), (bool, sa.Boolean), (int, sa.Integer),
                             (datetime.date, sa.Date), (datetime.timedelta, sa.Interval),
                             (datetime.time, sa.Time), (bytes, sa.LargeBinary)):
            if issubclass(kind, python):
                return made
        if issubclass(kind, decimal.Decimal):
            return sa.Numeric(precision=self.constraint("max_digits"),
                              scale=self.constraint("decimal_places"))
        if issubclass(kind, uuid.UUID):
            return sa.Uuid
        raise ValueError("%r has no matching SQLAlchemy type; give the field %r one with "
                         "sa_type=... or sa_column=..." % (kind, self.name))

    def column(self):
        info = self.info
        given = info.get("sa_column")
        if isinstance(given, Column):
            return given
        primary = info.get("primary_key", False)
        nullable = not primary and self.takes_none()
        if info.get("nullable") is not None:
            nullable = info.get("nullable")
        args = []
        if info.get("foreign_key"):
            args.append(ForeignKey(info.get("foreign_key"), ondelete=info.get("ondelete")))
        keywords = {"primary_key": primary, "nullable": nullable,
                    "index": info.get("index", False), "unique": info.get("unique", False)}
        if info.default_factory is not None:
            keywords["default"] = info.default_factory
        elif info.default is not Undefined:
            keywords["default"] = info.default
        args.extend(info.get("sa_column_args") or ())
        keywords.update(info.get("sa_column_kwargs") or {})
        return Column(self.sa_type(), *args, **keywords)


def _from_pydantic(value):
    """A field of pydantic's own Field()."""
    default = getattr(value, "default", Undefined)
    made = FieldInfo(Undefined if type(default).__name__ == "PydanticUndefinedType" else default)
    made.default_factory = getattr(value, "default_factory", None)
    for name in ("max_length", "max_digits", "decimal_places"):
        made.options[name] = getattr(value, name, None)
    return made


# A model may have pydantic models among its bases.
class SQLModelMetaclass(type(BaseModel)):
    def __new__(mcls, name, bases, names, **kwargs):
        made = super().__new__(mcls, name, bases, names)
        made.__retort_table__ = bool(kwargs.get("table", False))
        own_registry = kwargs.get("registry")
        if isinstance(own_registry, registry):
            made._sa_registry = own_registry
            made.metadata = own_registry.metadata
        return made

    def __init__(cls, name, bases, names, **kwargs):
        super().__init__(name, bases, names)
        fields, relationships = {}, {}
        for base in reversed(cls.__mro__[1:]):
            fields.update(base.__dict__.get("__retort_fields__", {}))
            if base is not BaseModel and type(base) is type(BaseModel):
                fields.update((field, _Declared(base, field, base.__dict__.get(field, Undefined)))
                              for field, text in _support.annotations(base)
                              if not field.startswith("_") and "ClassVar" not in text)
            relationships.update(base.__dict__.get("__retort_relationships__", {}))
        for field, text in _support.annotations(cls):
            value = names.get(field, Undefined)
            if isinstance(value, (RelationshipInfo, RelationshipProperty)):
                relationships[field] = value
                fields.pop(field, None)
            elif not (field.startswith("_") or "ClassVar" in text
                      or field in ("model_config", "metadata", "registry")):
                fields[field] = _Declared(cls, field, value)
        cls.__retort_fields__ = fields
        cls.__retort_relationships__ = relationships
        if not cls.__retort_table__ or any(is_mapped(base) for base in bases):
            return
        columns = {field: declared.column() for field, declared in fields.items()}
        for field in list(columns) + list(relationships):
            if field in cls.__dict__:
                delattr(cls, field)    # in the order of the fields, not of the class body
        own = [name for name, text in _support.annotations(cls)]
        # SQLModel lists the annotations of relationships before those of fields.
        cls.__retort_annotations__ = [name for name in own if name in relationships] + \
            [name for name in own if name not in relationships]
        for field, column in columns.items():
            setattr(cls, field, column)
        for field, value in relationships.items():
            setattr(cls, field, _relationship(cls, field, value))
        if "__tablename__" not in names and not any(
                "__tablename__" in base.__dict__ for base in cls.__mro__[1:] if base is not SQLModel):
            cls.__tablename__ = name.lower()
        map_class(cls, cls._sa_registry)

    def __setattr__(cls, key, value):
        if "__mapper__" in cls.__dict__ and isinstance(value, (Column, MapperProperty)):
            add_attribute(cls, key, value)
        else:
            type.__setattr__(cls, key, value)

    @property
    def model_fields(cls):
        return cls.__retort_fields__


class _RelatedName:
    """The class that a Relationship's annotation names, found when the session needs it."""

    def __init__(self, owner, name):
        self.owner = owner
        self.name = name

    def __call__(self):
        text = dict(_support.annotations(self.owner)).get(self.name, "")
        for word in ("Optional", "List", "list", "Union", "None", "Mapped", "[", "]", "|", "'",
                     '"', ",", "typing."):
            text = text.replace(word, " ")
        return text.split()[0]

    @property
    def is_list(self):
        text = dict(_support.annotations(self.owner)).get(self.name, "")
        return "List[" in text or "list[" in text


def _relationship(cls, field, value):
    if isinstance(value, RelationshipProperty):
        return value
    if value.sa_relationship is not None:
        return value.sa_relationship
    keywords = dict(value.kwargs)
    if value.back_populates:
        keywords["back_populates"] = value.back_populates
    if value.link_model is not None:
        keywords["secondary"] = value.link_model.__table__
    target = _RelatedName(cls, field)
    keywords.setdefault("uselist", target.is_list)
    args = value.args or (target,)
    return relationship(*args, **keywords)


class SQLModel(metaclass=SQLModelMetaclass):
    _sa_registry = default_registry
    metadata = default_registry.metadata
    model_config = {}

    def __init__(self, **data):
        fields = type(self).__retort_fields__
        for name, declared in fields.items():
            if name in data:
                continue
            info = declared.info
            if info.default_factory is not None:
                setattr(self, name, info.default_factory())
            elif info.default is not Undefined:
                setattr(self, name, info.default)
        for name, value in data.items():
            if name in fields or name in type(self).__retort_relationships__:
                setattr(self, name, value)

    @classmethod
    def model_validate(cls, obj, **kwargs):
        values = obj if isinstance(obj, dict) else {
            name: getattr(obj, name) for name in cls.__retort_fields__ if hasattr(obj, name)}
        return cls(**values)

    from_orm = parse_obj = validate = model_validate

    @classmethod
    def model_rebuild(cls, **kwargs):
        pass

    update_forward_refs = model_rebuild

    def model_dump(self, **kwargs):
        return {name: getattr(self, name) for name in type(self).__retort_fields__}

    dict = model_dump


def create_engine(*args, **kwargs):
    return sa.create_engine(*args, **kwargs)


def col(column_expression):
    return column_expression
