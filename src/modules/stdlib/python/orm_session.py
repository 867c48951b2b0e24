"""The session of sqlalchemy.orm over the connection of a script.

It keeps one object a row, writes what changed when it is flushed, tables in the order of their
foreign keys, and follows relationships. The transaction is the script's: commit() writes and
forgets, it doesn't end the transaction of the migration.
"""
import _orm_support
import _support
from sqlalchemy import delete, exc, insert, update
from _orm_query import (AliasedClass, Bundle, Query, Rows, aliased, entity_columns, entity_mapper,
                        is_entity, object_rows, with_parent)
from _orm_relations import (InstrumentedList, RelationshipAttribute, State, object_state,
                            related_objects)
from _orm_loading import *
from _orm_state import InstanceState, get_history
from _orm_relations import (dependent_pairs, discriminate, give_keys_to_children, release_children,
                            take_keys_of_parent, write_association)


def _mapper_of(instance):
    mapper = getattr(type(instance), "__mapper__", None)
    if mapper is None:
        from sqlalchemy.orm.exc import UnmappedInstanceError
        raise UnmappedInstanceError("Class '%s.%s' is not mapped" % (type(instance).__module__,
                                                                     type(instance).__name__))
    return mapper


class _NoAutoflush:
    def __init__(self, session):
        self.session = session

    def __enter__(self):
        self.before = self.session.autoflush
        self.session.autoflush = False
        return self.session

    def __exit__(self, *error):
        self.session.autoflush = self.before


class SessionTransaction:
    """What begin() and begin_nested() give: flushed at its end."""

    def __init__(self, session, inner=None):
        self.session = session
        self.inner = inner
        self.is_active = True
        self.begun = len(session._written)

    def commit(self):
        self.session.flush()
        if self.inner is not None:
            self.inner.commit()
        self.is_active = False

    def rollback(self):
        if self.inner is not None:
            self.inner.rollback()
            self.session._undo(self.begun)
        else:
            self.session.rollback()
        self.is_active = False

    def __enter__(self):
        return self.session if self.inner is None else self

    def __exit__(self, kind, value, trace):
        if not self.is_active:
            return
        if kind is None:
            self.commit()
        else:
            self.rollback()


class Session:
    def __init__(self, bind=None, autoflush=True, future=True, expire_on_commit=True,
                 autobegin=True, twophase=False, binds=None, enable_baked_queries=True, info=None,
                 query_cls=None, autocommit=False, join_transaction_mode=None,
                 close_resets_only=None, **kwargs):
        self.bind = bind
        self.autoflush = autoflush
        self.expire_on_commit = expire_on_commit
        self.query_class = query_cls or Query
        self.info = dict(info or {})
        self.is_active = True
        self.identity_map = {}
        self._new = []
        self._deleted = []
        self._dirty = []
        self._written = []    # (object, its key before) of what was inserted and deleted
        self._warned = False

    # ---- the connection

    def get_bind(self, mapper=None, **kwargs):
        if self.bind is None:
            raise exc.InvalidRequestError(
                "Could not locate a bind configured on this Session; give it one: "
                "Session(bind=op.get_bind())")
        return self.bind

    def connection(self, bind_arguments=None, execution_options=None, **kwargs):
        bind = self.get_bind()
        if not hasattr(bind, "execute") and hasattr(bind, "connect"):
            self.bind = bind = bind.connect()
        return bind

    # ---- objects

    def add(self, instance, _warn=True):
        state = object_state(instance, _mapper_of(instance))
        if state.session is self and (state.key is not None or instance in _Same(self._new)):
            if instance in _Same(self._deleted):
                self._deleted = [one for one in self._deleted if one is not instance]
            return
        state.session = self
        if state.key is None:
            self._new.append(instance)
        else:
            self.identity_map[state.key] = instance
            if state.original:
                self._dirty.append(instance)
        for key, prop in state.mapper.all_relationships().items():
            for other in related_objects(instance, key):
                self.add(other)

    def add_all(self, instances):
        for instance in instances:
            self.add(instance)

    def delete(self, instance):
        state = object_state(instance, _mapper_of(instance))
        if state.key is None:
            raise exc.InvalidRequestError("Instance %r is not persisted" % (instance,))
        if instance not in _Same(self._deleted):
            self._deleted.append(instance)

    def expunge(self, instance):
        state = object_state(instance, _mapper_of(instance))
        state.session = None
        self._new = [one for one in self._new if one is not instance]
        self._deleted = [one for one in self._deleted if one is not instance]
        if state.key is not None:
            self.identity_map.pop(state.key, None)

    def expunge_all(self):
        self._forget()

    def expire(self, instance, attribute_names=None):
        state = object_state(instance, _mapper_of(instance))
        if state.key is not None:
            state.expire(instance, attribute_names)

    def expire_all(self):
        for instance in list(self.identity_map.values()):
            self.expire(instance)

    def refresh(self, instance, attribute_names=None, with_for_update=None):
        if self.autoflush:
            self.flush()
        state = object_state(instance, _mapper_of(instance))
        state.expire(instance, attribute_names)
        state.refresh(instance)

    def merge(self, instance, *, load=True, options=None):
        mapper = _mapper_of(instance)
        values = instance.__dict__
        key = tuple(values.get(name) for name in mapper.key_names)
        found = None
        if all(part is not None for part in key):
            found = self.get(type(instance), key if len(key) > 1 else key[0])
        if found is None:
            found = type(instance).__new__(type(instance))
            self.add(found)
        for name in mapper.all_columns():
            if name in values and (name not in mapper.key_names or values[name] is not None):
                setattr(found, name, values[name])
        return found

    def __contains__(self, instance):
        state = instance.__dict__.get("_sa_instance_state")
        return state is not None and state.session is self

    def __iter__(self):
        return iter(list(self._new) + list(self.identity_map.values()))

    @property
    def new(self):
        return list(self._new)

    @property
    def deleted(self):
        return list(self._deleted)

    @property
    def dirty(self):
        return [one for one in self._dirty if one.__dict__["_sa_instance_state"].original]

    def is_modified(self, instance, include_collections=True):
        return bool(object_state(instance, _mapper_of(instance)).original)

    def get(self, entity, ident, *, options=None, populate_existing=False, with_for_update=None,
            identity_token=None, execution_options=None, bind_arguments=None):
        mapper = entity_mapper(entity)
        names = mapper.key_names
        if isinstance(ident, dict):
            key = tuple(ident[name] for name in names)
        else:
            key = tuple(ident) if isinstance(ident, (tuple, list)) else (ident,)
        if len(key) != len(names):
            raise exc.InvalidRequestError(
                "Incorrect number of values in identifier to formulate primary key for "
                "session.get(); primary key columns are %s" % ", ".join(map(repr, names)))
        known = self.identity_map.get((mapper.base_mapper.class_, key))
        if known is not None and not populate_existing \
                and not known.__dict__["_sa_instance_state"].expired:
            return known
        query = self.query(entity)
        columns = mapper.all_columns()
        for name, value in zip(names, key):
            query = query.filter(columns[name] == value)
        return query.first()

    def get_one(self, entity, ident, **kwargs):
        found = self.get(entity, ident, **kwargs)
        if found is None:
            raise exc.NoResultFound("No row was found when one was required")
        return found

    # ---- statements

    def query(self, *entities, **kwargs):
        return self.query_class(entities, self)

    def execute(self, statement, params=None, *, execution_options=None, bind_arguments=None,
                **kwargs):
        if self.autoflush:
            self.flush()
        entities = getattr(statement, "_orm_entities", None)
        connection = self.connection()
        if entities is not None:
            connection._require_answers()
        for entity in entities or ():
            if isinstance(entity, type) and is_entity(entity):
                criterion = entity_mapper(entity).single_criterion(entity)
                if criterion is not None:
                    statement = statement.where(criterion)
        if params is not None:
            result = connection.execute(statement, params)
        else:
            result = connection.execute(statement)
        if entities is None:
            if type(statement).__name__ in ("Update", "Delete"):
                self.expire_all()    # what is known of the rows may be true no longer
            return result
        return Rows(object_rows(self, entities, result), entities)

    def _ask(self, statement):
        """Executes what is read in any case; with --sql nothing answers, and nothing is printed."""
        connection = self.connection()
        connection._require_answers()
        return connection.execute(statement)

    def scalars(self, statement, params=None, **kwargs):
        self.connection()._require_answers()
        return self.execute(statement, params, **kwargs).scalars()

    def scalar(self, statement, params=None, **kwargs):
        self.connection()._require_answers()
        return self.execute(statement, params, **kwargs).scalar()

    def bulk_save_objects(self, objects, return_defaults=False, update_changed_only=True,
                          preserve_order=True):
        for instance in objects:
            mapper = _mapper_of(instance)
            state = object_state(instance, mapper)
            if state.key is None:
                self._insert(instance, mapper)
            else:
                self._update(instance, mapper)

    def bulk_insert_mappings(self, mapper, mappings, return_defaults=False, render_nulls=False):
        mapper = entity_mapper(mapper)
        columns = mapper.all_columns()
        rows = [{columns[name].name: value for name, value in row.items() if name in columns}
                for row in mappings]
        self._bulk(insert(mapper.local_table), rows)

    def _bulk(self, statement, rows):
        """Rows with the same names go together."""
        connection = self.connection()
        at = 0
        while at < len(rows):
            end = at + 1
            names = set(rows[at])
            while end < len(rows) and set(rows[end]) == names:
                end += 1
            connection.execute(statement, rows[at:end])
            at = end

    def bulk_update_mappings(self, mapper, mappings):
        mapper = entity_mapper(mapper)
        columns = mapper.all_columns()
        keys = mapper.key_names
        for row in mappings:
            statement = update(mapper.local_table)
            for name in keys:
                statement = statement.where(columns[name] == row[name])
            values = {columns[name].name: value for name, value in row.items()
                      if name in columns and name not in keys}
            self.connection().execute(statement.values(values))

    # ---- writing

    def flush(self, objects=None):
        if not (self._new or self._deleted or self._dirty):
            return
        before, self.autoflush = self.autoflush, False
        try:
            self._cascade()
            for instance in self._new_in_order():
                self._insert(instance, _mapper_of(instance))
            self._new = []
            self._write_collections()
            for instance in self._in_order(self._dirty):
                state = instance.__dict__["_sa_instance_state"]
                if state.session is self and instance not in _Same(self._deleted):
                    self._update(instance, state.mapper)
            self._dirty = []
            for instance in reversed(self._in_order(self._with_dependents(self._deleted))):
                self._delete(instance)
            self._deleted = []
        finally:
            self.autoflush = before

    def _cascade(self):
        """Objects that are reached from those of the session belong to it, too."""
        for instance in list(self._new) + list(self._dirty):
            mapper = _mapper_of(instance)
            for key in mapper.all_relationships():
                for other in related_objects(instance, key):
                    if object_state(other, _mapper_of(other)).session is not self:
                        self.add(other)

    def _in_order(self, instances):
        """Referred tables first; the classes of one hierarchy together, as they were added."""
        if len(instances) < 2:
            return list(instances)
        groups = {}
        for instance in instances:
            mapper = _mapper_of(instance)
            tables = groups.setdefault(mapper.base_mapper.class_, [])
            tables += [table for table in mapper.tables
                       if not any(table is known for known in tables)]
        ranks = group_ranks(groups)
        return sorted(instances, key=lambda one: ranks[_mapper_of(one).base_mapper.class_])

    def _new_in_order(self):
        """New objects, those that others refer to before them, within one table, too."""
        before = {}
        for instance in self._new:
            mapper = _mapper_of(instance)
            for key, prop in mapper.all_relationships().items():
                for first, second in dependent_pairs(instance, key, prop):
                    before.setdefault(id(second), []).append(first)
        done = set()
        ordered = []

        def visit(instance):
            if id(instance) in done:
                return
            done.add(id(instance))
            for other in before.get(id(instance), ()):
                if other.__dict__["_sa_instance_state"].key is None:
                    visit(other)
            ordered.append(instance)
        for instance in self._in_order(self._new):
            visit(instance)
        return ordered

    def _insert(self, instance, mapper):
        state = object_state(instance, mapper)
        if state.key is not None:
            return
        for key, prop in mapper.all_relationships().items():
            take_keys_of_parent(instance, key, prop)
        values = instance.__dict__
        discriminate(mapper, instance)
        connection = self.connection()
        for table in mapper.tables:
            row = {}
            for name, column in mapper.all_columns().items():
                if mapper.table_of(name) is not table:
                    continue
                value = values.get(name)
                if value is not None:
                    row[column.key or column.name] = value
                elif name in values and column.default is None \
                        and column.server_default is None and not column.primary_key:
                    row[column.key or column.name] = None
            for name, column in mapper.inherited_keys(table):
                if values.get(name) is not None:
                    row[column.key or column.name] = values[name]
            if not row:
                result = connection.execute(insert(table))
            else:
                result = connection.execute(insert(table).values(row))
            self._note_key(instance, mapper, table, result)
        state.key = (mapper.base_mapper.class_,
                     tuple(values.get(name) for name in mapper.key_names))
        state.session = self
        state.original = {}
        self._written.append((instance, None))
        # What the database or a default made is read when it is asked for.
        state.expired = any(name not in values or values[name] is None
                            for name in mapper.all_columns())
        state.missing = [name for name in mapper.all_columns() if values.get(name) is None]
        for name in state.missing:
            values.pop(name, None)
        self.identity_map[state.key] = instance
        for key, prop in mapper.all_relationships().items():
            give_keys_to_children(instance, key, prop)

    def _note_key(self, instance, mapper, table, result):
        values = instance.__dict__
        keys = [column for column in table.columns if column.primary_key]
        made = result.inserted_primary_key
        for at, column in enumerate(keys):
            name = mapper.name_of(column)
            if name is not None and values.get(name) is None and made is not None:
                values[name] = made[at]

    def _write_collections(self):
        """Rows of association tables: what was put into and taken out of collections."""
        for instance in list(self.identity_map.values()):
            mapper = _mapper_of(instance)
            for key, prop in mapper.all_relationships().items():
                write_association(self, instance, key, prop)

    def _update(self, instance, mapper):
        state = object_state(instance, mapper)
        for key, prop in mapper.all_relationships().items():
            take_keys_of_parent(instance, key, prop)
            give_keys_to_children(instance, key, prop)
        if not state.original:
            return
        values = instance.__dict__
        columns = mapper.all_columns()
        changed = [name for name, old in state.original.items()
                   if name in columns and not _same(old, values.get(name))]
        for table in mapper.tables:
            row = {columns[name].name: values.get(name) for name in changed
                   if mapper.table_of(name) is table}
            if not row:
                continue
            for name, column in columns.items():
                if mapper.table_of(name) is table and column.onupdate is not None \
                        and column.name not in row:
                    given = column.onupdate
                    row[column.name] = given() if callable(given) and not hasattr(
                        given, "__clause_element__") and not hasattr(given, "compile") else given
                    values.pop(name, None)
                    state.expired = True
            statement = update(table)
            for column, value in mapper.key_of(state.key[1], table):
                statement = statement.where(column == value)
            self.connection().execute(statement.values(row))
        state.original = {}
        state.key = (state.key[0], tuple(values.get(name) for name in mapper.key_names))
        self.identity_map[state.key] = instance

    def _with_dependents(self, instances):
        """What is deleted with an object, by cascade."""
        found = []
        todo = list(instances)
        while todo:
            instance = todo.pop(0)
            if instance in _Same(found):
                continue
            found.append(instance)
            for key, prop in _mapper_of(instance).all_relationships().items():
                todo.extend(release_children(self, instance, key, prop))
        return found

    def _delete(self, instance):
        mapper = _mapper_of(instance)
        state = object_state(instance, mapper)
        for table in reversed(mapper.tables):
            statement = delete(table)
            for column, value in mapper.key_of(state.key[1], table):
                statement = statement.where(column == value)
            self.connection().execute(statement)
        self.identity_map.pop(state.key, None)
        self._written.append((instance, state.key))
        state.session = None
        state.key = None

    # ---- transactions

    def begin(self, nested=False):
        return self.begin_nested() if nested else SessionTransaction(self)

    def begin_nested(self):
        self.flush()
        return SessionTransaction(self, self.connection().begin_nested())

    def in_transaction(self):
        return True

    def in_nested_transaction(self):
        return False

    def get_transaction(self):
        return SessionTransaction(self)

    def commit(self):
        self.flush()
        self._written = []
        if self.expire_on_commit:
            self.expire_all()

    def rollback(self):
        """The transaction is that of the migration, whose other statements must not be lost."""
        if self._written and not self._warned:
            self._warned = True
            _support.log(30, "retort", "Session.rollback(): the rows that the session has written before stay in the "
                                       "transaction of the migration; raise an exception to undo the step, or "
                                       "use begin_nested() for a part of it")
        self._undo(len(self._written))

    def _undo(self, begun):
        """What the database took back: objects inserted since are new again, deleted ones are there, and
        the rest is read again when it is asked for."""
        for instance in self._new:
            instance.__dict__["_sa_instance_state"].session = None
        self._new, self._deleted, self._dirty = [], [], []
        for instance, before in reversed(self._written[begun:]):
            state = instance.__dict__["_sa_instance_state"]
            if before is None:
                self.identity_map.pop(state.key, None)
            else:
                self.identity_map[before] = instance
            state.key = before
            state.session = None if before is None else self
        del self._written[begun:]
        self.expire_all()

    def _forget(self):
        for instance in list(self.identity_map.values()) + self._new:
            instance.__dict__["_sa_instance_state"].session = None
        self.identity_map = {}
        self._new, self._deleted, self._dirty, self._written = [], [], [], []

    def close(self):
        self._forget()

    def close_all(self):
        self._forget()

    reset = invalidate = close

    @property
    def no_autoflush(self):
        return _NoAutoflush(self)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.close()


class _Same:
    """Membership by identity."""

    def __init__(self, items):
        self.items = items

    def __contains__(self, wanted):
        return any(item is wanted for item in self.items)


def _same(old, new):
    if hasattr(old, "__clause_element__") or hasattr(new, "compile"):
        return False
    return type(old) is type(new) and old == new


class sessionmaker:
    """Makes sessions with the same settings."""

    def __init__(self, bind=None, *, class_=Session, autoflush=True, expire_on_commit=True,
                 info=None, **kw):
        self.kw = dict(kw, bind=bind, autoflush=autoflush, expire_on_commit=expire_on_commit)
        self.class_ = class_

    def __call__(self, **local):
        return self.class_(**dict(self.kw, **local))

    def configure(self, **new):
        self.kw.update(new)

    def begin(self):
        return self().begin()

    def __class_getitem__(cls, key):
        return cls


class scoped_session:
    """One session, made when it is first used."""

    def __init__(self, session_factory, scopefunc=None):
        self.session_factory = session_factory
        self._session = None

    def __call__(self, **kw):
        if self._session is None:
            self._session = self.session_factory(**kw)
        return self._session

    def remove(self):
        if self._session is not None:
            self._session.close()
        self._session = None

    def configure(self, **kw):
        self.session_factory.configure(**kw)

    def query_property(self, query_cls=None):
        return _QueryProperty(self)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self(), name)


class _QueryProperty:
    def __init__(self, maker):
        self.maker = maker

    def __get__(self, instance, owner):
        return self.maker().query(owner)


def inspect_object(instance):
    """sqlalchemy.inspect() of a mapped object."""
    return InstanceState(object_state(instance, _mapper_of(instance)), instance)


def object_session(instance):
    state = instance.__dict__.get("_sa_instance_state")
    return None if state is None else state.session


def make_transient(instance):
    instance.__dict__.pop("_sa_instance_state", None)


def close_all_sessions():
    pass


def class_mapper(class_, configure=True):
    return class_.__mapper__


def object_mapper(instance):
    return _mapper_of(instance)


def automap_base(declarative_base=None, **kw):
    """A base whose prepare() maps every table of the database that has a primary key."""
    from _orm_declarative import declarative_base as make
    from sqlalchemy import Table, inspect

    base = declarative_base or make()

    class _Classes:
        def __getattr__(self, name):
            if name not in self.__dict__:
                raise AttributeError(name)
            return self.__dict__[name]

        def __getitem__(self, name):
            return self.__dict__[name]

        def get(self, name, default=None):
            return self.__dict__.get(name, default)

        def keys(self):
            return self.__dict__.keys()

    classes = _Classes()
    base.classes = classes

    def prepare(cls, autoload_with=None, engine=None, reflect=None, schema=None, **kwargs):
        bind = autoload_with if autoload_with is not None else engine
        mapped = {each.__table__.fullname for each in classes.__dict__.values()}
        if bind is not None:
            cls.metadata.reflect(bind, schema=schema)
        for table in list(cls.metadata.tables.values()):
            if table.fullname in mapped or not any(c.primary_key for c in table.columns):
                continue
            made = type(cls)(table.name, (cls,), {"__table__": table})
            classes.__dict__[table.name] = made

    base.prepare = classmethod(prepare)
    return base
