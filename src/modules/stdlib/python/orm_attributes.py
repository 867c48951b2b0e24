"""What mapped classes are made of: columns, relationships and the attributes that stand for them."""
import _orm_support
from _orm_support import MappedColumn, MapperProperty, mapped_column
from sqlalchemy import Column


class ColumnProperty(MapperProperty):
    """column_property(), deferred(): one or more columns, or an SQL expression."""

    def __init__(self, column, *additional, **kwargs):
        self.columns = [column] + list(additional)
        self.deferred = kwargs.get("deferred", False)

    def _named(self, name):
        for column in self.columns:
            if isinstance(column, Column):
                _orm_support.name_column(column, name)

    @property
    def expression(self):
        return self.columns[0]

    @property
    def key(self):
        return self.columns[0].key

    def __clause_element__(self):
        first = self.columns[0]
        return first.column if isinstance(first, MappedColumn) else first

    def columns_to_assign(self):
        return [(column, 0) for column in self.columns
                if isinstance(column, Column) and column.table is None]


class CompositeProperty(MapperProperty):
    def __init__(self, _class_or_attr=None, *attrs, **kwargs):
        self.composite_class = _class_or_attr
        self.attrs = attrs

    def columns_to_assign(self):
        found = []
        for attr in (self.composite_class,) + self.attrs:
            if isinstance(attr, MappedColumn):
                found.append((attr.column, attr.sort_order))
            elif isinstance(attr, Column) and attr.table is None:
                found.append((attr, 0))
        return found


class SynonymProperty(MapperProperty):
    def __init__(self, name, map_column=None, descriptor=None, **kwargs):
        self.name = name
        self.descriptor = descriptor


class RelationshipProperty(MapperProperty):
    """relationship(): nothing in the schema; the session follows it."""

    def __init__(self, argument=None, secondary=None, *, uselist=None, primaryjoin=None,
                 secondaryjoin=None, back_populates=None, backref=None, order_by=False,
                 foreign_keys=None, remote_side=None, cascade="save-update, merge", viewonly=False,
                 collection_class=None, lazy="select", **kwargs):
        self.argument = argument
        self.secondary = secondary
        self.uselist = uselist
        self.primaryjoin = primaryjoin
        self.secondaryjoin = secondaryjoin
        self.back_populates = back_populates
        self.backref = backref
        self.order_by = order_by
        self.foreign_keys = foreign_keys
        self.remote_side = remote_side
        self.cascade = cascade if isinstance(cascade, str) else ""
        self.viewonly = viewonly
        self.collection_class = collection_class
        self.lazy = lazy


class declared_attr:
    """A method of a mixin or a mapped class that gives one of its attributes."""
    _cascading = False

    def __init__(self, fn, cascading=False, quiet=False):
        self.fget = fn.__func__ if isinstance(fn, (classmethod, staticmethod)) else fn
        self._cascading = cascading
        self.__doc__ = getattr(fn, "__doc__", None)
        self._made = {}

    def __get__(self, instance, owner):
        # Asked for twice while a class is mapped, it is one attribute.
        if owner not in self._made:
            made = self._made[owner] = self.fget(owner)
            # Constraints ask for it before the class is mapped.
            columns = [made] if isinstance(made, Column) else []
            if isinstance(made, MapperProperty):
                columns = [column for column, order in made.columns_to_assign()]
            for column in columns:
                _orm_support.name_column(column, self.fget.__name__)
        return self._made[owner]

    @classmethod
    def cascading(cls, fn):
        return cls(fn, cascading=True)

    @classmethod
    def directive(cls, fn):
        return cls(fn)


class InstrumentedAttribute:
    """The attribute of a mapped class: on the class the column, on an object its value."""

    def __init__(self, key, column):
        self.key = key
        self.column = column

    def __get__(self, instance, owner=None):
        if instance is None:
            return self.column
        values = instance.__dict__
        if self.key not in values:
            state = values.get("_sa_instance_state")
            if state is not None and state.expired:
                state.refresh(instance)
        return values.get(self.key)

    def __set__(self, instance, value):
        for check in type(instance).__mapper__.checks.get(self.key, ()):
            value = check(instance, self.key, value)
        values = instance.__dict__
        state = values.get("_sa_instance_state")
        if state is not None:
            if state.expired and self.key not in values:
                state.refresh(instance)
            state.changed(instance, self.key, values.get(self.key))
        values[self.key] = value

    def __delete__(self, instance):
        self.__set__(instance, None)


class ExpressionAttribute(InstrumentedAttribute):
    """column_property() over an expression."""


class SynonymAttribute:
    def __init__(self, name, descriptor=None):
        self.name = name
        self.descriptor = descriptor

    def __get__(self, instance, owner=None):
        if self.descriptor is not None and instance is not None:
            return self.descriptor.__get__(instance, owner)
        return getattr(owner if instance is None else instance, self.name)

    def __set__(self, instance, value):
        setattr(instance, self.name, value)


def column_property(column, *additional, **kwargs):
    return ColumnProperty(column, *additional, **kwargs)


def deferred(column, *additional, **kwargs):
    kwargs["deferred"] = True
    return ColumnProperty(column, *additional, **kwargs)


def query_expression(default_expr=None, **kwargs):
    return ColumnProperty(default_expr)


def composite(_class_or_attr=None, *attrs, **kwargs):
    return CompositeProperty(_class_or_attr, *attrs, **kwargs)


def synonym(name, **kwargs):
    return SynonymProperty(name, **{key: value for key, value in kwargs.items()
                                    if key in ("map_column", "descriptor")})


def relationship(argument=None, secondary=None, **kwargs):
    return RelationshipProperty(argument, secondary, **kwargs)


def dynamic_loader(argument=None, **kwargs):
    kwargs["lazy"] = "dynamic"
    return RelationshipProperty(argument, **kwargs)


class backref:
    """backref("name", ...): a relationship in the other class."""

    def __init__(self, name, **kwargs):
        self.name = name
        self.kwargs = kwargs


def foreign(expr):
    return expr


def remote(expr):
    return expr
