"""Objects of mapped classes: what is known of their rows, and the relationships between them."""
import re

import _orm_support
import _support
from _orm_mutable import adopt_values
from _orm_support import MappedColumn
from sqlalchemy import and_, delete, exc, exists, insert, select, update

MANYTOONE, ONETOMANY, MANYTOMANY = "MANYTOONE", "ONETOMANY", "MANYTOMANY"
_COLLECTION_WORDS = re.compile(r"\b(List|list|Set|set|Sequence|Collection|Dict|dict|MutableSet"
                               r"|DynamicMapped|WriteOnlyMapped)\b")
_TYPE_WORDS = ("Mapped", "DynamicMapped", "WriteOnlyMapped", "Optional", "Union", "List", "list",
               "Set", "set", "Sequence", "Collection", "Dict", "dict", "MutableSet", "None", "str",
               "int", "typing", "t", "orm")


class State:
    """What the session knows of one object."""

    def __init__(self, mapper):
        self.mapper = mapper
        self.session = None
        self.key = None        # (class at the top, primary key) once there is a row
        self.expired = False   # some attributes are to be read again
        self.missing = []
        self.original = {}     # attribute -> value before it was changed
        self.collections = {}  # relationship -> its objects when it was read

    def changed(self, instance, key, old):
        if self.key is None:
            return
        if key not in self.original:
            self.original[key] = old
        self.mark(instance)

    def mark(self, instance):
        if self.session is not None and self.key is not None \
                and not any(one is instance for one in self.session._dirty):
            self.session._dirty.append(instance)

    def expire(self, instance, names=None):
        values = instance.__dict__
        for name in names or list(self.mapper.all_columns()):
            values.pop(name, None)
            self.original.pop(name, None)
        for name in names or list(self.mapper.all_relationships()):
            if name in self.mapper.all_relationships():
                values.pop(name, None)
                self.collections.pop(name, None)
        self.expired = True

    def refresh(self, instance):
        self.expired = False
        if self.session is None or self.key is None:
            return
        columns = self.mapper.all_columns()
        values = instance.__dict__
        wanted = [name for name in columns if name not in values]
        statement = select(*[columns[name] for name in wanted])
        if len(self.mapper.tables) > 1:
            statement = statement.select_from(self.mapper.selectable)
        for column, value in self.mapper.key_of(self.key[1], self.mapper.tables[0]):
            statement = statement.where(column == value)
        row = self.session._ask(statement).first()
        if row is None:
            from sqlalchemy.orm.exc import ObjectDeletedError
            raise ObjectDeletedError("Instance %r has been deleted, or its row is otherwise not "
                                     "present." % type(instance).__name__)
        for at, name in enumerate(wanted):
            values[name] = row[at]
        adopt_values(instance, self.mapper)


def object_state(instance, mapper):
    state = instance.__dict__.get("_sa_instance_state")
    if state is None:
        configure(mapper.registry)
        state = State(mapper)
        instance.__dict__["_sa_instance_state"] = state
    return state


def configure(registry):
    """The relationships that backref= makes in other classes."""
    known = getattr(registry, "_configured", 0)
    classes = list(registry._class_registry.values())
    if known == len(classes):
        return
    registry._configured = len(classes)
    for cls in classes:
        for key, prop in list(cls.__mapper__.relationships.items()):
            if prop.backref is None or getattr(prop, "_backref_made", False):
                continue
            prop._backref_made = True
            try:
                way = resolve(prop, key, cls.__mapper__)
            except exc.SQLAlchemyError:
                continue
            make_backref(prop, key, way, cls)


def make_backref(prop, key, way, cls):
    from _orm_attributes import RelationshipProperty
    given = prop.backref
    name = given if isinstance(given, str) else given.name
    options = {} if isinstance(given, str) else dict(given.kwargs)
    options = {word: value for word, value in options.items()
               if word in ("uselist", "cascade", "order_by", "lazy")}
    back = RelationshipProperty(cls, prop.secondary, back_populates=key, **options)
    back._reverse_of = way
    prop.back_populates = name
    target = way.target
    target.relationships[name] = back
    type.__setattr__(target.class_, name, RelationshipAttribute(name, back, target.class_))


class Way:
    """How a relationship goes from a class to its target."""

    def __init__(self, direction, target, pairs, secondary=None, remote_pairs=(), uselist=True):
        self.direction = direction
        self.target = target
        # many-to-one: (own attribute, attribute there); one-to-many: (own attribute, attribute
        # there); secondary: (own attribute, column of the association table)
        self.pairs = pairs
        self.secondary = secondary
        self.remote_pairs = remote_pairs    # (attribute there, column of the association table)
        self.uselist = uselist


def _annotation_text(mapper, key):
    for cls in mapper.class_.__mro__:
        text = dict(_support.annotations(cls)).get(key)
        if text is not None:
            return text
    return ""


def _find_class(registry, name, owner):
    found = registry._class_registry.get(name.rsplit(".", 1)[-1])
    if found is None:
        _orm_support.evaluate_contributors()
        found = registry._class_registry.get(name.rsplit(".", 1)[-1])
    if found is None:
        raise exc.InvalidRequestError(
            "When initializing mapper %r, expression %r failed to locate a name (%r)"
            % (owner, name, name))
    return found


def _target(prop, key, mapper):
    given = prop.argument
    if given is None:
        words = re.findall(r"[A-Za-z_][A-Za-z_0-9.]*", _annotation_text(mapper, key))
        names = [word for word in words if word not in _TYPE_WORDS]
        if not names:
            raise exc.ArgumentError("relationship %r has no target class" % key)
        given = names[-1]
    while not isinstance(given, (type, str)):
        if hasattr(given, "class_"):
            given = given.class_
        elif callable(given):
            given = given()
        else:
            raise exc.ArgumentError("relationship %r expects a class or a mapper argument" % key)
    cls = given if isinstance(given, type) else _find_class(mapper.registry, given, mapper)
    return cls.__mapper__


def _association(prop, mapper):
    given = prop.secondary
    if given is None:
        return None
    if callable(given) and not isinstance(given, type) and not hasattr(given, "c"):
        given = given()
    if isinstance(given, type):
        return given.__table__
    if isinstance(given, str):
        tables = mapper.local_table.metadata.tables
        if given not in tables:
            _orm_support.evaluate_contributors()
        if given in tables:
            return tables[given]
        return _find_class(mapper.registry, given, mapper).__table__
    return given


def _mentioned(given, registry):
    """The (table, column) pairs that foreign_keys=, remote_side= or the text of a join names."""
    if given is None:
        return None
    if callable(given) and not hasattr(given, "__clause_element__") and not hasattr(given, "table") \
            and not hasattr(given, "column"):
        given = given()
    found = set()
    if isinstance(given, str):
        for owner, name in re.findall(r"([A-Za-z_][A-Za-z_0-9]*)\.(?:c\.)?([A-Za-z_][A-Za-z_0-9]*)",
                                      given):
            cls = registry._class_registry.get(owner)
            if cls is not None:
                column = cls.__mapper__.all_columns().get(name)
                if column is not None:
                    found.add((column.table.fullname, column.name))
        return found
    for each in given if isinstance(given, (list, tuple, set)) else [given]:
        if isinstance(each, str):
            found |= _mentioned(each, registry)
            continue
        column = each.column if isinstance(each, MappedColumn) else each
        table = getattr(column, "table", None)
        if table is not None:
            found.add((table.fullname, column.name))
    return found


def _keys_between(sources, targets, allowed):
    """The foreign keys of some tables to others, each as pairs of columns."""
    names = {table.fullname: table for table in targets}
    found = []
    for table in sources:
        for key in _orm_support.references(table):
            if not all(referred in names for column, referred, other in key):
                continue
            if allowed is not None and not all((table.fullname, column) in allowed
                                               for column, referred, other in key):
                continue
            pairs = []
            for column, referred, other in key:
                own = table.c.get(column)
                there = names[referred].c.get(other)
                if own is None or there is None:
                    break
                pairs.append((own, there))
            else:
                found.append(pairs)
    return found


def resolve(prop, key, mapper):
    way = getattr(prop, "_way", None)
    if way is None:
        way = prop._way = _resolve(prop, key, mapper)
    return way


def _one(keys, key, mapper, what):
    if len(keys) > 1:
        raise exc.ArgumentError(
            "Could not determine join condition between parent/child tables on relationship "
            "%s.%s - there are multiple foreign key paths linking the tables; say which with "
            "foreign_keys=[...]" % (mapper.class_.__name__, key))
    if not keys:
        raise exc.ArgumentError(
            "Could not determine join condition between parent/child tables on relationship "
            "%s.%s - there are no foreign keys linking these tables%s"
            % (mapper.class_.__name__, key, what))
    return keys[0]


def _resolve(prop, key, mapper):
    reverse = getattr(prop, "_reverse_of", None)
    if reverse is not None:
        return _reversed(reverse, prop, mapper)
    target = _target(prop, key, mapper)
    registry = mapper.registry
    text = _annotation_text(mapper, key)
    uselist = prop.uselist
    if uselist is None and "Mapped" in text:
        uselist = bool(_COLLECTION_WORDS.search(text))
    secondary = _association(prop, mapper)
    if secondary is not None:
        allowed = _mentioned(prop.primaryjoin, registry) if isinstance(prop.primaryjoin, str) \
            else None
        own = _keys_between([secondary], mapper.tables, None)
        there = _keys_between([secondary], target.tables, None)
        if len(own) > 1 and mapper.local_table is target.local_table and len(own) == 2:
            own, there = own[:1], own[1:]
        pairs = [(mapper.name_of(column), link) for link, column in _one(own, key, mapper, "")]
        remote = [(target.name_of(column), link) for link, column in _one(there, key, mapper, "")]
        return Way(MANYTOMANY, target, pairs, secondary, remote,
                   True if uselist is None else uselist)
    allowed = _mentioned(prop.foreign_keys, registry)
    if allowed is None and isinstance(prop.primaryjoin, str):
        allowed = _mentioned(prop.primaryjoin, registry)
    there = _keys_between(mapper.tables, target.tables, allowed)
    back = _keys_between(target.tables, mapper.tables, allowed)
    note = "; a primaryjoin without a foreign key is not supported" \
        if prop.primaryjoin is not None else ""
    if any(table is other for table in mapper.tables for other in target.tables):
        keys = _one(there, key, mapper, note)
        remote = _mentioned(prop.remote_side, registry)
        own = {(column.table.fullname, column.name) for column, other in keys}
        if remote is not None and not remote & own:
            return _to_one(mapper, target, keys, uselist)
        return _to_many(mapper, target, keys, uselist)
    if there and not (back and prop.foreign_keys is None and uselist):
        return _to_one(mapper, target, _one(there, key, mapper, note), uselist)
    return _to_many(mapper, target, _one(back, key, mapper, note), uselist)


def _to_one(mapper, target, keys, uselist):
    pairs = [(mapper.name_of(own), target.name_of(other)) for own, other in keys]
    return Way(MANYTOONE, target, pairs, uselist=bool(uselist))


def _to_many(mapper, target, keys, uselist):
    pairs = [(mapper.name_of(other), target.name_of(own)) for own, other in keys]
    return Way(ONETOMANY, target, pairs, uselist=True if uselist is None else uselist)


def _reversed(way, prop, mapper):
    target = way_owner(way, prop)
    pairs = [(there, own) for own, there in way.pairs]
    if way.direction == MANYTOMANY:
        return Way(MANYTOMANY, target, way.remote_pairs, way.secondary, way.pairs,
                   True if prop.uselist is None else prop.uselist)
    if way.direction == MANYTOONE:
        return Way(ONETOMANY, target, pairs, uselist=True if prop.uselist is None else prop.uselist)
    return Way(MANYTOONE, target, pairs, uselist=False)


def way_owner(way, prop):
    return prop.argument.__mapper__


class InstrumentedList(list):
    """A collection of related objects; changes are told to the session and the other side."""

    def _bind(self, instance, key):
        self._instance = instance
        self._key = key
        return self

    def _checked(self, item):
        for check in type(self._instance).__mapper__.checks.get(self._key, ()):
            item = check(self._instance, self._key, item)
        return item

    def _added(self, item):
        state = self._instance.__dict__.get("_sa_instance_state")
        if state is not None and state.session is not None:
            state.session.add(item)
            state.mark(self._instance)
        _tell_other_side(self._instance, self._key, item, True)

    def _removed(self, item):
        state = self._instance.__dict__.get("_sa_instance_state")
        if state is not None:
            state.mark(self._instance)
        _tell_other_side(self._instance, self._key, item, False)

    def append(self, item):
        item = self._checked(item)
        list.append(self, item)
        self._added(item)

    def extend(self, items):
        for item in items:
            self.append(item)

    def insert(self, index, item):
        item = self._checked(item)
        list.insert(self, index, item)
        self._added(item)

    def remove(self, item):
        list.remove(self, item)
        self._removed(item)

    def pop(self, index=-1):
        item = list.pop(self, index)
        self._removed(item)
        return item

    def clear(self):
        for item in list(self):
            self.remove(item)

    def __iadd__(self, items):
        self.extend(items)
        return self


def _tell_other_side(instance, key, item, added):
    prop = type(instance).__mapper__.all_relationships()[key]
    name = prop.back_populates
    if not name:
        return
    other = type(item).__mapper__.all_relationships().get(name)
    if other is None:
        return
    way = resolve(other, name, type(item).__mapper__)
    values = item.__dict__
    if way.uselist:
        collection = values.get(name)
        if isinstance(collection, InstrumentedList):
            present = any(one is instance for one in collection)
            if added and not present:
                list.append(collection, instance)
            elif not added and present:
                list.remove(collection, instance)
    else:
        values[name] = instance if added else None


class RelationshipAttribute:
    """The attribute of a relationship: on an object the related ones, on the class what to join."""

    def __init__(self, key, prop, owner):
        self.key = key
        self.prop = prop
        self.property = prop
        self.class_ = owner

    @property
    def way(self):
        return resolve(self.prop, self.key, self.class_.__mapper__)

    @property
    def mapper(self):
        return self.way.target

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        values = instance.__dict__
        if self.key not in values:
            values[self.key] = self._load(instance)
        return values[self.key]

    def _load(self, instance):
        way = self.way
        state = instance.__dict__.get("_sa_instance_state")
        stored = state is not None and state.session is not None and state.key is not None
        found = self._query(instance, state.session) if stored else None
        if not way.uselist:
            return None if found is None else found.first()
        rows = InstrumentedList(found.all() if found is not None else ())
        if state is not None:
            state.collections[self.key] = list(rows)
        return rows._bind(instance, self.key)

    def _query(self, instance, session):
        way = self.way
        query = session.query(way.target.class_)
        columns = way.target.all_columns()
        if way.direction == MANYTOMANY:
            for name, link in way.remote_pairs:
                query = query.filter(columns[name] == link)
            for name, link in way.pairs:
                query = query.filter(link == getattr(instance, name))
        else:
            for own, there in way.pairs:
                value = getattr(instance, own)
                if value is None:
                    return None
                query = query.filter(columns[there] == value)
        order = self.prop.order_by
        if order:
            order = order() if callable(order) and not hasattr(order, "asc") else order
            for each in order if isinstance(order, (list, tuple)) else [order]:
                if isinstance(each, str):
                    text = each.rsplit(".", 1)[-1]
                    each = columns.get(text, each)
                query = query.order_by(each)
        return query

    def __set__(self, instance, value):
        values = instance.__dict__
        way = self.way
        state = values.get("_sa_instance_state")
        if way.uselist:
            before = self.__get__(instance)
            fresh = InstrumentedList()._bind(instance, self.key)
            list.extend(fresh, [fresh._checked(item) for item in value])
            values[self.key] = fresh
            for item in fresh:
                if not any(item is one for one in before):
                    fresh._added(item)
            for item in before:
                if not any(item is one for one in fresh):
                    fresh._removed(item)
            return
        for check in type(instance).__mapper__.checks.get(self.key, ()):
            value = check(instance, self.key, value)
        before = values.get(self.key)
        values[self.key] = value
        if state is not None:
            state.mark(instance)
            if state.session is not None and value is not None:
                state.session.add(value)
        if before is not None and before is not value:
            _tell_other_side(instance, self.key, before, False)
        if value is not None:
            _tell_other_side(instance, self.key, value, True)

    # ---- on the class

    def _orm_join(self):
        return self.join_to(self.way.target.selectable, self.way.target.all_columns())

    def join_to(self, selectable, columns):
        way = self.way
        own = self.class_.__mapper__.all_columns()
        if way.direction == MANYTOMANY:
            return [(way.secondary, and_(*[own[name] == link for name, link in way.pairs])),
                    (selectable, and_(*[columns[name] == link
                                        for name, link in way.remote_pairs]))]
        return [(selectable, and_(*[own[name] == columns[there] for name, there in way.pairs]))]

    def _exists(self, criterion, kwargs):
        way = self.way
        columns = way.target.all_columns()
        own = self.class_.__mapper__.all_columns()
        conditions = [] if criterion is None else [criterion]
        conditions += [columns[name] == value for name, value in kwargs.items()]
        if way.direction == MANYTOMANY:
            conditions = [own[name] == link for name, link in way.pairs] + \
                [columns[name] == link for name, link in way.remote_pairs] + conditions
        else:
            conditions = [own[name] == columns[there] for name, there in way.pairs] + conditions
        return exists().where(*conditions)

    def any(self, criterion=None, **kwargs):
        return self._exists(criterion, kwargs)

    has = any

    def contains(self, other):
        keys = type(other).__mapper__.key_names
        columns = self.way.target.all_columns()
        return self._exists(and_(*[columns[name] == getattr(other, name) for name in keys]), {})

    def __eq__(self, other):
        way = self.way
        own = self.class_.__mapper__.all_columns()
        if way.direction != MANYTOONE:
            if other is None:
                return ~self._exists(None, {})
            raise exc.InvalidRequestError("Can't compare a collection to an object or collection; "
                                          "use contains() to test for membership.")
        if other is None:
            return and_(*[own[name].is_(None) for name, there in way.pairs])
        return and_(*[own[name] == getattr(other, there) for name, there in way.pairs])

    def __ne__(self, other):
        return ~self.__eq__(other)

    def is_(self, other):
        return self.__eq__(other)

    def is_not(self, other):
        return self.__ne__(other)

    def of_type(self, cls):
        return self

    def and_(self, *criteria):
        return self

    def __hash__(self):
        return id(self)


# ---- what a flush asks

def related_objects(instance, key):
    """The loaded objects of a relationship."""
    value = instance.__dict__.get(key)
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple, set)) else [value]


def dependent_pairs(instance, key, prop):
    """(object, object that has its key) of a relationship's loaded objects."""
    found = related_objects(instance, key)
    if not found or prop.viewonly:
        return []
    direction = resolve(prop, key, type(instance).__mapper__).direction
    if direction == MANYTOONE:
        return [(other, instance) for other in found]
    return [(instance, other) for other in found] if direction == ONETOMANY else []


def take_keys_of_parent(instance, key, prop):
    """Many-to-one: the key columns follow the object that was set."""
    if key not in instance.__dict__ or prop.viewonly:
        return
    way = resolve(prop, key, type(instance).__mapper__)
    if way.direction != MANYTOONE:
        return
    parent = instance.__dict__[key]
    for own, there in way.pairs:
        value = None if parent is None else getattr(parent, there)
        if instance.__dict__.get(own) != value:
            setattr(instance, own, value)


def give_keys_to_children(instance, key, prop):
    """One-to-many: the children in a collection get the key of their parent; those taken out of it
    lose it."""
    if key not in instance.__dict__ or prop.viewonly:
        return
    way = resolve(prop, key, type(instance).__mapper__)
    if way.direction != ONETOMANY:
        return
    children = related_objects(instance, key)
    for child in children:
        for own, there in way.pairs:
            value = getattr(instance, own)
            if child.__dict__.get(there) != value:
                setattr(child, there, value)
    state = instance.__dict__["_sa_instance_state"]
    for child in state.collections.get(key, ()):
        if any(child is one for one in children):
            continue
        if "delete-orphan" in prop.cascade:
            if child.__dict__["_sa_instance_state"].key is not None:
                state.session.delete(child)
            continue
        for own, there in way.pairs:
            if child.__dict__.get(there) == getattr(instance, own):
                setattr(child, there, None)
    state.collections[key] = children


def write_association(session, instance, key, prop):
    if key not in instance.__dict__ or prop.viewonly:
        return
    way = resolve(prop, key, type(instance).__mapper__)
    if way.direction != MANYTOMANY:
        return
    state = instance.__dict__["_sa_instance_state"]
    before = state.collections.get(key, [])
    now = related_objects(instance, key)
    connection = session.connection()
    for other in now:
        if any(other is one for one in before):
            continue
        row = {link.name: getattr(instance, name) for name, link in way.pairs}
        row.update({link.name: getattr(other, name) for name, link in way.remote_pairs})
        connection.execute(insert(way.secondary).values(row))
        _forget_pair(other, prop.back_populates, instance)
    for other in before:
        if any(other is one for one in now):
            continue
        statement = delete(way.secondary)
        for name, link in way.pairs:
            statement = statement.where(link == getattr(instance, name))
        for name, link in way.remote_pairs:
            statement = statement.where(link == getattr(other, name))
        connection.execute(statement)
        _forget_pair(other, prop.back_populates, None)
    state.collections[key] = now


def _forget_pair(other, name, instance):
    """The other side of a pair that was written needn't write it again."""
    if not name or name not in other.__dict__:
        return
    state = other.__dict__.get("_sa_instance_state")
    if state is not None:
        state.collections[name] = related_objects(other, name)


def release_children(session, instance, key, prop):
    """Before an object is deleted: its children are deleted with it, or lose its key."""
    if prop.viewonly:
        return []
    way = resolve(prop, key, type(instance).__mapper__)
    if way.direction == MANYTOONE:
        return []
    if way.direction == MANYTOMANY:
        statement = delete(way.secondary)
        for name, link in way.pairs:
            statement = statement.where(link == getattr(instance, name))
        session.connection().execute(statement)
        return []
    children = related_objects(instance, key) if key in instance.__dict__ else \
        [one for one in _loaded(instance, key)]
    if "delete" in prop.cascade or "all" in prop.cascade:
        return children
    for child in children:
        for own, there in way.pairs:
            setattr(child, there, None)
        state = child.__dict__["_sa_instance_state"]
        if state.key is not None:
            session._update(child, state.mapper)
    return []


def _loaded(instance, key):
    value = getattr(instance, key)
    return value if isinstance(value, list) else [value] if value is not None else []


def discriminate(mapper, instance):
    """The column that says the class gets the class's identity."""
    name = mapper.polymorphic_name
    if name is not None and instance.__dict__.get(name) is None:
        identity = mapper.polymorphic_identity
        if identity is not None:
            instance.__dict__[name] = identity
