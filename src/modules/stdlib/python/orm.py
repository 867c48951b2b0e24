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
from _orm_session import *

Relationship = RelationshipProperty
QueryableAttribute = InstrumentedAttribute
unmapped_column = mapped_column


def validates(*names, **kwargs):
    """A method that checks values before they are set; they are not checked here."""
    def decorate(fn):
        return fn
    return decorate


def reconstructor(fn):
    return fn


def mapper(class_, local_table=None, properties=None, **kwargs):
    return registry().map_imperatively(class_, local_table, properties=properties, **kwargs)


def attribute_keyed_dict(*args, **kwargs):
    return dict


attribute_mapped_collection = mapped_collection = column_mapped_collection = attribute_keyed_dict
keyfunc_mapping = column_keyed_dict = attribute_keyed_dict


def flag_modified(instance, key):
    """Writes an attribute at the next flush though it was changed in place."""
    state = instance.__dict__.get("_sa_instance_state")
    if state is not None:
        state.original[key] = _CHANGED
        state.mark(instance)


_CHANGED = object()


def set_attribute(instance, key, value):
    setattr(instance, key, value)


def get_history(*args, **kwargs):
    raise InvalidRequestError("the history of attributes is not kept")
