"""Declarative mapping: how classes become tables.

Columns come in SQLAlchemy's order: those of the class itself as they are written, then those of
mixins and abstract bases along the mro, sorted by sort_order at last.
"""
import _orm_support
import _support
from sqlalchemy import Column, MetaData, Table, exc, join

import _orm_annotation
from _orm_attributes import (ColumnProperty, CompositeProperty, ExpressionAttribute,
                             InstrumentedAttribute, MappedColumn, MapperProperty,
                             RelationshipProperty, SynonymAttribute, SynonymProperty, declared_attr)
from _orm_relations import RelationshipAttribute, configure

_DUNDERS = ("__table_args__", "__tablename__", "__mapper_args__", "__table__")


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


def _merge_names(first, second):
    """Two lists of names in one, each in its order, what both have where the second has it."""
    shared = set(first).intersection(second)
    merged = []
    current, other = list(first), list(second)
    while True:
        for at, name in enumerate(current):
            if name in shared:
                shared.discard(name)
                current, other = other, current[at + 1:]
                break
            merged.append(name)
        else:
            merged.extend(other)
            return merged


def _attributes(cls):
    """(name, value, text of the annotation) of what the class itself has."""
    own = cls.__dict__
    texts = dict(_support.annotations(cls))
    order = own.get("__retort_annotations__") or list(texts)
    names = [name for name in _merge_names(list(own), order)
             if not (name.startswith("__") or name.startswith("_sa_")) or name in _DUNDERS]
    return [(name, own.get(name), texts.get(name)) for name in names]


class _Scan:
    """One class on its way to a table."""

    def __init__(self, cls, registry):
        self.cls = cls
        self.registry = registry
        self.collected = {}
        self.annotations = {}    # attribute -> (owner, name) of its annotation
        self.table_args = None
        self.tablename = None
        self.table_fn = None
        self.fixed_table = _has_own(cls, "__table__")

    def _is_mapped_annotation(self, owner, name, text):
        return (text is not None and _orm_annotation.is_mapped_text(text)
                and _orm_annotation.inside_mapped(owner, name) is not None)

    def copy_mixin(self, base, attributes):
        """The columns of a mixin or an abstract base become columns of the class."""
        cls = self.cls
        copied = {}
        for name, value, text in attributes:
            if value is None and not self.fixed_table:
                if text is None or not _orm_annotation.is_mapped_text(text):
                    continue
                if _find(cls, name) is not None:
                    continue
                if self._is_mapped_annotation(base, name, text):
                    made = MappedColumn()
                    self.annotations[name] = (base, name)
                    copied[name] = made
                    setattr(cls, name, made)
            elif isinstance(value, (Column, MappedColumn)):
                if _find(cls, name) is not value:
                    continue    # the class or another base says otherwise
                if text is not None:
                    self.annotations[name] = (base, name)
                made = value._copy()
                copied[name] = made
                setattr(cls, name, made)
        return copied

    def scan(self):
        cls = self.cls
        rows = []
        for base in cls.__mro__:
            if base is object:
                continue
            mapped = base is not cls and is_mapped(base)
            attributes = _attributes(base)
            copied = self.copy_mixin(base, attributes) if base is not cls and not mapped else {}
            rows.append((base, mapped, attributes, copied))
        inherited_args = False
        for base, mapped, attributes, copied in rows:
            self.collected.update(copied)
            for name, value, text in attributes:
                if name in _DUNDERS:
                    declared = isinstance(value, declared_attr)
                    if mapped and not declared:
                        continue
                    if name == "__tablename__" and not self.tablename:
                        self.tablename = cls.__tablename__
                    elif name == "__table_args__" and not self.table_args:
                        self.table_args = cls.__table_args__
                        inherited_args = base is not cls
                    elif name == "__table__" and declared and self.table_fn is None:
                        self.table_fn = lambda: cls.__table__
                elif mapped:
                    continue
                elif base is not cls:
                    self.take_inherited(base, name, value)
                else:
                    self.take_own(name, value, text)
        if inherited_args and not self.tablename:
            self.table_args = None

    def take_inherited(self, base, name, value):
        cls = self.cls
        if not isinstance(value, declared_attr):
            return
        if value._cascading:
            made = value.__get__(None, cls)
            setattr(cls, name, made)
        else:
            made = getattr(cls, name)
            if not isinstance(_find(cls, name), declared_attr):
                return    # the class or an intermediate one says otherwise
        self.collected[name] = made
        self.annotations[name] = (value.fget, "return")

    def take_own(self, name, value, text):
        if value is None and not _has_own(self.cls, name):
            if not self.fixed_table and self._is_mapped_annotation(self.cls, name, text):
                self.annotations[name] = (self.cls, name)
                self.collected[name] = MappedColumn()
            return
        if text is not None:
            self.annotations[name] = (self.cls, name)
        if isinstance(value, declared_attr):
            self.annotations[name] = (value.fget, "return")
        self.collected[name] = value

    def complete(self, name, mapped):
        """A mapped_column() gets its name, and from the annotation what it doesn't say."""
        column = mapped.column
        _orm_support.name_column(column, name)
        owner, annotated = self.annotations.get(name, (None, None))
        kind = None
        if owner is not None:
            text = _support.annotation_text(owner, annotated)
            if text is not None and _orm_annotation.is_mapped_text(text):
                kind = _orm_annotation.inside_mapped(owner, annotated)
        if kind is None:
            return
        if not _orm_support.nullable_given(column):
            _orm_support.complete_column(column, nullable=_orm_annotation.includes_none(kind))
        for each in _orm_annotation.annotated_with(kind):
            if isinstance(each, MappedColumn):
                _orm_support.merge_column(column, each.column, mapped.has_default)
                if mapped.sort_order == 0:
                    mapped.sort_order = each.sort_order
                break
        if _orm_support.has_type(column) or _orm_support.has_foreign_key(column):
            return
        found = _orm_annotation.sql_type(self.registry.type_annotation_map, kind)
        if found is None:
            raise exc.ArgumentError(
                "Could not locate SQLAlchemy Core type for Python type %s inside the Mapped[] "
                "annotation for the %r attribute; give the type in mapped_column() or in "
                "type_annotation_map" % (getattr(kind, "__name__", kind), name))
        _orm_support.complete_column(column, type_=found)

    def extract(self):
        """(attribute, value) of what is mapped; columns are named and complete."""
        properties = {}
        for name, value in list(self.collected.items()):
            if isinstance(value, declared_attr):
                value = getattr(self.cls, name)
            if isinstance(value, Column):
                _orm_support.name_column(value, name)
            elif isinstance(value, MappedColumn):
                self.complete(name, value)
            elif isinstance(value, CompositeProperty):
                self.complete_composite(name, value)
            elif isinstance(value, MapperProperty):
                value._named(name)
                for column, order in value.columns_to_assign():
                    _orm_support.name_column(column, name)
            else:
                if isinstance(self.collected[name], declared_attr) or not _has_own(self.cls, name):
                    setattr(self.cls, name, value)
                continue
            properties[name] = value
        return properties

    def complete_composite(self, name, value):
        for attr in (value.composite_class,) + value.attrs:
            if isinstance(attr, MappedColumn):
                _orm_support.name_column(attr.column, name)

    def make_table(self, properties):
        cls = self.cls
        columns = []
        for value in properties.values():
            if isinstance(value, Column):
                columns.append((0, value))
            else:
                for column, order in value.columns_to_assign():
                    columns.append((order, column))
        if any(order != 0 for order, column in columns):
            columns.sort(key=lambda row: row[0])
        unique = list({id(column): column for order, column in columns}.values())
        if self.table_fn is not None:
            cls.__table__ = self.table_fn()
        elif not self.fixed_table and self.tablename is not None:
            args, keywords = (), {}
            if isinstance(self.table_args, dict):
                keywords = self.table_args
            elif isinstance(self.table_args, (tuple, list)) and self.table_args:
                if isinstance(self.table_args[-1], dict):
                    args, keywords = self.table_args[:-1], self.table_args[-1]
                else:
                    args = self.table_args
            make = _find(cls, "__table_cls__")
            make = Table if make is None else cls.__table_cls__
            cls.__table__ = make(self.tablename, metadata_of(cls, self.registry), *unique, *args,
                                 **keywords)
        elif not self.fixed_table:
            return None, unique
        return _own(cls, "__table__"), unique


def metadata_of(cls, registry):
    metadata = getattr(cls, "metadata", None)
    return metadata if isinstance(metadata, MetaData) else registry.metadata


def map_class(cls, registry):
    """Maps a class: makes its table and puts attributes in the place of its columns."""
    if _own(cls, "__abstract__", False):
        return
    scan = _Scan(cls, registry)
    scan.scan()
    properties = scan.extract()
    table, columns = scan.make_table(properties)
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


def _install(cls, table, inherits, registry, properties):
    mapper = Mapper(cls, table if table is not None else inherits.local_table, inherits, registry)
    registry._add(cls)
    listed = set()
    for name, value in properties.items():
        if isinstance(value, Column):
            column = value
        elif isinstance(value, MappedColumn):
            column = value.column
        elif isinstance(value, ColumnProperty) and isinstance(value.columns[0], (Column,
                                                                                MappedColumn)):
            column = value.columns[0]
            column = column.column if isinstance(column, MappedColumn) else column
        elif isinstance(value, ColumnProperty):
            mapper.expressions[name] = value
            setattr(cls, name, ExpressionAttribute(name, value.columns[0]))
            continue
        elif isinstance(value, RelationshipProperty):
            mapper.relationships[name] = value
            setattr(cls, name, RelationshipAttribute(name, value, cls))
            continue
        elif isinstance(value, SynonymProperty):
            setattr(cls, name, SynonymAttribute(value.name, value.descriptor))
            continue
        else:
            continue
        own = mapper.local_table.c.get(column.key or column.name)
        column = column if own is None else own
        mapper.columns[name] = column
        listed.add(column.name)
        setattr(cls, name, InstrumentedAttribute(name, column))
    if table is not None:
        # The columns of `__table__ = Table(...)` and of a reflected table.
        for column in table.columns:
            key = column.key or column.name
            if column.name not in listed and not any(
                    column is other for other in mapper.columns.values()):
                mapper.columns[key] = column
                if not _has_own(cls, key):
                    setattr(cls, key, InstrumentedAttribute(key, column))
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
