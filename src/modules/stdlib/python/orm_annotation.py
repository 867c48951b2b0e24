"""What annotations such as Mapped[Optional[int]] say of a column."""
import datetime
import decimal
import enum
import uuid

import _orm_support
import _support
from _support import GenericAlias, TypeAliasType, UnionType
from typing import Annotated, ForwardRef, Generic, Literal, NewType, Union, get_args, get_origin
from sqlalchemy import exc
from sqlalchemy import types


class Mapped(Generic):
    pass


class DynamicMapped(Mapped):
    pass


class WriteOnlyMapped(Mapped):
    pass


class Unmapped(Mapped):
    pass


_NONE = type(None)

PYTHON_TYPES = {
    int: types.Integer,
    float: types.Double,
    bool: types.Boolean,
    uuid.UUID: types.Uuid,
    decimal.Decimal: types.Numeric,
    datetime.date: types.Date,
    datetime.datetime: types.DateTime,
    datetime.time: types.Time,
    datetime.timedelta: types.Interval,
    _NONE: types.NullType,
    bytes: types.LargeBinary,
    str: types.String,
}


def resolve(owner, name, kind):
    """The type with the strings inside of it evaluated. A type of another package may be unknown."""
    if _support.is_unknown(kind):
        return kind
    if isinstance(kind, ForwardRef):
        return resolve(owner, name, _orm_support.forward_reference(owner, name,
                                                                   kind.__forward_arg__))
    if isinstance(kind, str):
        return resolve(owner, name, _orm_support.forward_reference(owner, name, kind))
    if isinstance(kind, UnionType):
        members = [resolve(owner, name, member) for member in kind.__args__]
        return Union[tuple(members)]
    return kind


def inside_mapped(owner, name):
    """The type inside of the Mapped[...] of an attribute; None when the annotation is no such."""
    found = _support.annotation(owner, name, True)
    if isinstance(found, GenericAlias) and isinstance(found.__origin__, type) \
            and issubclass(found.__origin__, Mapped):
        return resolve(owner, name, found.__args__[0])
    return None


def is_alias(kind):
    return not _support.is_unknown(kind) and isinstance(kind, TypeAliasType)


def includes_none(kind):
    if kind is None or kind is _NONE:
        return True
    if _support.is_unknown(kind):
        return False
    if is_alias(kind):
        return includes_none(kind.__value__)
    if get_origin(kind) is Annotated:
        return includes_none(kind.__origin__)
    if isinstance(kind, UnionType):
        return any(includes_none(member) for member in kind.__args__)
    if isinstance(kind, NewType):
        return includes_none(kind.__supertype__)
    return False


def without_none(kind):
    if not _support.is_unknown(kind) and isinstance(kind, UnionType):
        members = [member for member in kind.__args__ if member is not _NONE and member is not None]
        return Union[tuple(members)] if members else kind
    return kind


def _lookup(mapping, kind):
    try:
        return mapping.get(kind)
    except TypeError:
        return None


def _find_type(type_map, kind):
    """The SQL type of one Python type, or None."""
    if get_origin(kind) is Literal:
        own = _lookup(type_map, kind)
        if own is not None:
            return own
        values = get_args(kind)
        if not all(isinstance(value, str) for value in values):
            raise exc.ArgumentError(
                "Can't create string-based Enum datatype from non-string values: %s.  Please "
                "provide an explicit Enum datatype for this Python type"
                % ", ".join(repr(value) for value in values if not isinstance(value, str)))
        return types.Enum(*values, native_enum=False)
    found = _lookup(type_map, kind)
    if found is None:
        found = _lookup(PYTHON_TYPES, kind)
    if found is not None or not isinstance(kind, type):
        return found
    # Of the types above only enumerations count: a subclass of str is no String.
    for above in kind.__mro__[1:]:
        found = _lookup(type_map, above)
        if isinstance(found, types.Enum):
            return _orm_support.enum_of(found, kind)
        if above is enum.Enum:
            return types.Enum(kind)
    return None


def sql_type(type_map, kind):
    """The SQL type of what stands in Mapped[...], or None."""
    kinds = []
    our = without_none(kind)
    if is_alias(our):
        kinds.append(our)
        our = without_none(our.__value__)
    if get_origin(our) is Annotated:
        kinds.append(our)
        our = without_none(our.__origin__)
    kinds.append(our)
    for candidate in kinds:
        if isinstance(candidate, type) or candidate is kinds[-1]:
            found = _find_type(type_map, candidate)
        else:
            found = _lookup(type_map, candidate)
        if found is not None:
            return found
    return None


def annotated_with(kind):
    """The values inside of Annotated[...]."""
    our = without_none(kind)
    if is_alias(our):
        our = without_none(our.__value__)
    return our.__metadata__ if get_origin(our) is Annotated else ()
