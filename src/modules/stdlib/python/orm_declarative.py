"""Declarative mapping: how classes become tables. What is done for every attribute is in C++."""
import _orm_support
import _support
from sqlalchemy import Column, MetaData, exc, join

import _orm_annotation
from _orm_attributes import (ColumnProperty, ExpressionAttribute, InstrumentedAttribute,
                             MappedColumn, MapperProperty, RelationshipProperty, SynonymAttribute,
                             SynonymProperty)
from _orm_mutable import make_checks
from _orm_relations import RelationshipAttribute, configure


class Mapper:
    """How a class is mapped."""

    def __init__(self, cls, table, inherits, registry):
        self.class_ = cls
        self.entity = cls
        self.local_table = table
        self.inherits = inherits
        self.registry = registry
        self.columns = {}
        self.relationships = {}
        self.expressions = {}
        self._args = None
        self._checks = None
        self._mutables = None

    @property
    def mapper(self):
        return self

    @property
    def mapped_table(self):
        return self.local_table

    @property
    def base_mapper(self):
        mapper = self
        while mapper.inherits is not None:
            mapper = mapper.inherits
        return mapper

    @property
    def args(self):
        if self._args is None:
            given = getattr(self.class_, "__mapper_args__", None)
            self._args = given if isinstance(given, dict) else {}
        return self._args

    @property
    def tables(self):
        """The tables of the class, the base's first."""
        own = self.inherits.tables if self.inherits is not None else []
        if self.local_table is None or any(table is self.local_table for table in own):
            return own
        return own + [self.local_table]

    @property
    def primary_key(self):
        base = self.base_mapper
        return [column for column in base.local_table.columns if column.primary_key]

    @property
    def selectable(self):
        """The table, or the join of those of joined inheritance."""
        tables = self.tables
        joined = tables[0]
        for table in tables[1:]:
            joined = join(joined, table)
        return joined

    @property
    def key_names(self):
        """The attributes of the primary key."""
        base = self.base_mapper
        return [base.name_of(column) for column in base.primary_key]

    def name_of(self, column):
        """The attribute that a column of one of the tables is mapped to, or None."""
        mapper = self
        while mapper is not None:
            for name, own in mapper.columns.items():
                if own is column or (own.name == column.name and own.table is column.table):
                    return name
            mapper = mapper.inherits
        return None

    def table_of(self, name):
        """The table of an attribute's column."""
        return self.all_columns()[name].table

    def inherited_keys(self, table):
        """(attribute, column) of the key of a table whose attribute a subclass maps to its own."""
        found = []
        for column in table.columns:
            name = self.name_of(column) if column.primary_key else None
            if name is not None and self.table_of(name) is not table:
                found.append((name, column))
        return found

    def key_of(self, key, table):
        """(column, value) pairs that find the row of a primary key in one of the tables."""
        return list(zip([column for column in table.columns if column.primary_key], key))

    @property
    def polymorphic_name(self):
        """The attribute that says the class of a row, or None."""
        given = self.base_mapper.args.get("polymorphic_on")
        if given is None or isinstance(given, str):
            return given
        column = given.column if isinstance(given, MappedColumn) else given
        return self.base_mapper.name_of(column)

    @property
    def polymorphic_identity(self):
        return self.args.get("polymorphic_identity")

    def family(self):
        """This mapper and those of the classes below."""
        return [cls.__mapper__ for cls in self.registry._class_registry.values()
                if issubclass(cls, self.class_)]

    def class_for(self, values):
        """The class of a row."""
        name = self.polymorphic_name
        identity = values.get(name) if name is not None else None
        if identity is not None:
            for mapper in self.family():
                if mapper.polymorphic_identity == identity:
                    return mapper.class_
        return self.class_

    def single_criterion(self, entity):
        """What picks the rows of a class that shares its parent's table."""
        if self.inherits is None or self.local_table is not self.inherits.local_table \
                or self.polymorphic_name is None:
            return None
        column = getattr(entity, self.polymorphic_name)
        return column.in_([mapper.polymorphic_identity for mapper in self.family()])

    def all_columns(self):
        """Attribute name to Column, those of inherited classes included."""
        found = dict(self.inherits.all_columns()) if self.inherits is not None else {}
        found.update(self.columns)
        return found

    def all_relationships(self):
        found = dict(self.inherits.all_relationships()) if self.inherits is not None else {}
        found.update(self.relationships)
        return found

    def mutables(self):
        """Attribute to the class whose values notice changes, for the columns that have one."""
        if self._mutables is None:
            self._mutables = {name: column.type._mutable_class
                              for name, column in self.all_columns().items()
                              if hasattr(column.type, "_mutable_class")}
        return self._mutables

    @property
    def checks(self):
        if self._checks is None:
            self._checks = make_checks(self)
        return self._checks

    @property
    def column_attrs(self):
        return list(self.all_columns().values())

    @property
    def attrs(self):
        return list(self.all_columns().values()) + list(self.all_relationships().values())

    def __repr__(self):
        return "<Mapper of %s>" % self.class_.__name__


# Attributes as they lie in a class, or along its mro: no descriptor is called, and unlike __dict__ they
# make no copy of all.
_own = _support.own_attribute
_has_own = _support.has_own_attribute
_find = _support.find_attribute


def is_mapped(cls):
    return _has_own(cls, "__mapper__")


def map_class(cls, registry):
    """Maps a class: makes its table and puts attributes in the place of its columns."""
    if _own(cls, "__abstract__", False):
        return
    table, columns, properties = _orm_support.map_attributes(cls, registry)
    inherits = None
    for base in cls.__mro__[1:]:
        if is_mapped(base):
            inherits = base.__mapper__
            break
    if table is None:
        if inherits is None:
            raise exc.InvalidRequestError(
                "Class %r does not have a __table__ or __tablename__ specified and does not "
                "inherit from an existing table-mapped class." % cls)
        for column in columns:
            if column.name not in inherits.local_table.c:
                inherits.local_table.append_column(column)
    _install(cls, table, inherits, registry, properties)


def _install_other(cls, mapper, name, value):
    """An attribute that is no Column of its own; gives the Column it stands for, or None."""
    if isinstance(value, ColumnProperty):
        column = value.columns[0]
        if isinstance(column, MappedColumn):
            return column.column
        if isinstance(column, Column):
            return column
        mapper.expressions[name] = value
        setattr(cls, name, ExpressionAttribute(name, column))
    elif isinstance(value, RelationshipProperty):
        mapper.relationships[name] = value
        setattr(cls, name, RelationshipAttribute(name, value, cls))
    elif isinstance(value, SynonymProperty):
        setattr(cls, name, SynonymAttribute(value.name, value.descriptor))
    return None


def _install(cls, table, inherits, registry, properties):
    mapper = Mapper(cls, table if table is not None else inherits.local_table, inherits, registry)
    registry._add(cls)
    _orm_support.install_columns(cls, mapper, properties, table is not None, _install_other)
    cls.__mapper__ = mapper
    cls.__clause_element__ = classmethod(_clause_element)
    if not _has_own(cls, "__table__"):
        cls.__table__ = mapper.local_table
    if not _has_own(cls, "__init__") and _find(cls, "__init__") is _own(object, "__init__"):
        cls.__init__ = default_constructor


def _clause_element(cls):
    return cls.__mapper__.selectable


def default_constructor(self, **kwargs):
    cls = type(self)
    for name, value in kwargs.items():
        if not hasattr(cls, name):
            configure(cls._sa_registry)
        if not hasattr(cls, name):
            raise TypeError("%r is an invalid keyword argument for %s" % (name, cls.__name__))
        setattr(self, name, value)


class registry:
    """Where mapped classes find each other, and their MetaData."""

    def __init__(self, *, metadata=None, class_registry=None, type_annotation_map=None,
                 constructor=default_constructor):
        self.metadata = metadata if metadata is not None else MetaData()
        self.type_annotation_map = {}
        self.update_type_annotation_map(type_annotation_map or {})
        self._class_registry = class_registry if class_registry is not None else {}
        self.constructor = constructor

    def _add(self, cls):
        self._class_registry[cls.__name__] = cls

    @property
    def mappers(self):
        return [cls.__mapper__ for cls in self._class_registry.values()]

    def update_type_annotation_map(self, type_annotation_map):
        # Optional[kind] says the same as kind.
        self.type_annotation_map.update((_orm_annotation.without_none(kind), made)
                                        for kind, made in type_annotation_map.items())

    def generate_base(self, mapper=None, cls=object, name="Base", metaclass=None):
        bases = cls if isinstance(cls, tuple) else (cls,)
        names = {"registry": self, "metadata": self.metadata, "_sa_registry": self,
                 "__abstract__": True}
        if cls is object or not _has_own(bases[0], "__init__"):
            names["__init__"] = self.constructor
        return (metaclass or DeclarativeMeta)(name, bases, names)

    def mapped(self, cls):
        cls._sa_registry = self
        map_class(cls, self)
        return cls

    def mapped_as_dataclass(self, cls=None, **kwargs):
        if cls is not None:
            return self.mapped(cls)
        return self.mapped

    def as_declarative_base(self, **kw):
        def decorate(cls):
            kw["cls"] = cls
            kw["name"] = cls.__name__
            return self.generate_base(**kw)
        return decorate

    def map_declaratively(self, cls):
        map_class(cls, self)
        return cls.__mapper__

    def map_imperatively(self, class_, local_table=None, properties=None, **kw):
        given = {}
        for name, value in (properties or {}).items():
            if isinstance(value, Column):
                value = ColumnProperty(value)
            given[name] = value
        class_._sa_registry = self
        class_.__table__ = local_table
        inherits = kw.get("inherits")
        _install(class_, local_table, inherits.__mapper__ if inherits is not None else None, self,
                 given)
        return class_.__mapper__

    def configure(self, cascade=False):
        pass

    def dispose(self, cascade=False):
        pass


class DeclarativeMeta(type):
    """The metaclass of what declarative_base() gives."""

    def __init__(cls, name, bases, names, **kwargs):
        super().__init__(name, bases, names)
        if "_sa_registry" in names:
            return
        found = getattr(cls, "_sa_registry", None)
        own = names.get("registry")
        if isinstance(own, registry):
            cls._sa_registry = found = own
            if "metadata" not in names:
                cls.metadata = own.metadata
        if found is None:
            found = registry(metadata=names.get("metadata"))
            cls._sa_registry = cls.registry = found
            cls.metadata = found.metadata
            return
        if names.get("__abstract__", False):
            return
        map_class(cls, found)

    def __setattr__(cls, key, value):
        if _has_own(cls, "__mapper__") and isinstance(value, (Column, MapperProperty)):
            add_attribute(cls, key, value)
        else:
            type.__setattr__(cls, key, value)


def add_attribute(cls, key, value):
    """Cls.name = Column(...) after the class was made."""
    mapper = cls.__mapper__
    value._named(key) if isinstance(value, MapperProperty) else None
    if isinstance(value, RelationshipProperty):
        mapper.relationships[key] = value
        return type.__setattr__(cls, key, RelationshipAttribute(key, value, cls))
    if isinstance(value, SynonymProperty):
        return type.__setattr__(cls, key, SynonymAttribute(value.name, value.descriptor))
    if isinstance(value, Column):
        columns = [value]
    else:
        columns = [column for column, order in value.columns_to_assign()]
    for column in columns:
        _orm_support.name_column(column, key)
        mapper.local_table.append_column(column)
        mapper.columns[key] = column
        return type.__setattr__(cls, key, InstrumentedAttribute(key, column))
    if isinstance(value, ColumnProperty):
        mapper.expressions[key] = value
        return type.__setattr__(cls, key, ExpressionAttribute(key, value.columns[0]))


class _BaseSetattr(type):
    """The metaclass of DeclarativeBase: attributes added later are mapped, too."""

    def __setattr__(cls, key, value):
        if _has_own(cls, "__mapper__") and isinstance(value, (Column, MapperProperty)):
            add_attribute(cls, key, value)
        else:
            type.__setattr__(cls, key, value)


def _set_up_base(cls):
    """A direct subclass of DeclarativeBase: the base of an application's classes."""
    own = _own(cls, "registry")
    metadata = _own(cls, "metadata")
    if not isinstance(own, registry):
        type_map = _find(cls, "type_annotation_map")
        own = registry(metadata=metadata if isinstance(metadata, MetaData) else None,
                       type_annotation_map=type_map if isinstance(type_map, dict) else None)
        cls.registry = own
    elif isinstance(_own(cls, "type_annotation_map"), dict):
        own.update_type_annotation_map(cls.__dict__["type_annotation_map"])
    cls._sa_registry = own
    if not _has_own(cls, "metadata"):
        cls.metadata = own.metadata
    if not _has_own(cls, "__init__") and not any(
            _has_own(base, "__init__") for base in cls.__mro__
            if base not in (object, DeclarativeBase, MappedAsDataclass, DeclarativeBaseNoMeta)):
        cls.__init__ = default_constructor


class MappedAsDataclass:
    """Mapped classes that are dataclasses, too."""

    def __init_subclass__(cls, init=None, repr=None, eq=None, order=None, unsafe_hash=None,
                          match_args=None, kw_only=None, dataclass_callable=None, **kwargs):
        super().__init_subclass__(**kwargs)


class DeclarativeBase(metaclass=_BaseSetattr):
    def __init_subclass__(cls, **kwargs):
        if DeclarativeBase in cls.__bases__:
            _set_up_base(cls)
        else:
            map_class(cls, cls._sa_registry)
        super().__init_subclass__(**kwargs)


class DeclarativeBaseNoMeta:
    def __init_subclass__(cls, **kwargs):
        if DeclarativeBaseNoMeta in cls.__bases__:
            _set_up_base(cls)
        else:
            map_class(cls, cls._sa_registry)
        super().__init_subclass__(**kwargs)


def declarative_base(bind=None, *, metadata=None, mapper=None, cls=object, name="Base",
                     class_registry=None, type_annotation_map=None,
                     constructor=default_constructor, metaclass=None):
    made = registry(metadata=metadata, class_registry=class_registry,
                    type_annotation_map=type_annotation_map, constructor=constructor)
    return made.generate_base(cls=cls, name=name, metaclass=metaclass or DeclarativeMeta)


def as_declarative(**kw):
    own = {key: kw.pop(key) for key in ("metadata", "class_registry", "type_annotation_map")
           if key in kw}
    return registry(**own).as_declarative_base(**kw)


def mapped_as_dataclass(registry_or_cls, **kwargs):
    if isinstance(registry_or_cls, registry):
        return registry_or_cls.mapped
    return registry_or_cls


def declarative_mixin(cls):
    return cls


def configure_mappers():
    pass


class AbstractConcreteBase:
    pass


class ConcreteBase:
    pass


class DeferredReflection:
    @classmethod
    def prepare(cls, *args, **kwargs):
        pass


def has_inherited_table(cls):
    """Whether a class above is mapped to a table."""
    return any(_own(base, "__table__") is not None for base in cls.__mro__[1:])


def clear_mappers():
    pass


def mapped_mapper(value):
    """The mapper of a mapped class, or None."""
    return value.__dict__.get("__mapper__") if isinstance(value, type) else None
