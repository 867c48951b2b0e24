"""sqlalchemy.orm: declarative mapping and a session over the connection of a script."""
from sqlalchemy.exc import InvalidRequestError, MultipleResultsFound, NoResultFound
from _orm_annotation import DynamicMapped, Mapped, Unmapped, WriteOnlyMapped
from _orm_attributes import (ColumnProperty, InstrumentedAttribute, MappedColumn, MapperProperty,
                             RelationshipProperty, SynonymProperty, backref, column_property,
                             composite, declared_attr, deferred, dynamic_loader, foreign,
                             mapped_column, query_expression, relationship, remote, synonym)
from _orm_declarative import (AbstractConcreteBase, ConcreteBase, DeclarativeBase,
                              DeclarativeBaseNoMeta, DeclarativeMeta, DeferredReflection,
                              MappedAsDataclass, Mapper, as_declarative, clear_mappers,
                              configure_mappers, declarative_base, declarative_mixin,
                              has_inherited_table, mapped_as_dataclass, registry)
from _orm_mutable import flag_modified, validates
from _orm_session import *

Relationship = RelationshipProperty
QueryableAttribute = InstrumentedAttribute
unmapped_column = mapped_column


def reconstructor(fn):
    return fn


def mapper(class_, local_table=None, properties=None, **kwargs):
    return registry().map_imperatively(class_, local_table, properties=properties, **kwargs)


def attribute_keyed_dict(*args, **kwargs):
    return dict


attribute_mapped_collection = mapped_collection = column_mapped_collection = attribute_keyed_dict
keyfunc_mapping = column_keyed_dict = attribute_keyed_dict


def set_attribute(instance, key, value):
    setattr(instance, key, value)
