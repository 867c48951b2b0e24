"""Query, aliased classes, and rows as objects."""
from sqlalchemy import Table, and_, delete, exc, exists, func, inspect, join, select, text, update
from _orm_mutable import adopt_values
from _orm_relations import RelationshipAttribute, State, configure


class AliasedClass:
    """aliased(Class): the class under another name in one statement."""
    _orm_entity = True

    def __init__(self, entity, alias=None, name=None, **kwargs):
        self._mapper = entity.__mapper__
        self._alias = alias if alias is not None else self._mapper.local_table.alias(name)
        columns = {}
        for key, column in self._mapper.all_columns().items():
            columns[key] = self._alias.c[column.key or column.name]
        self._columns = columns

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._columns:
            return self._columns[name]
        return getattr(self._mapper.class_, name)

    def __clause_element__(self):
        return self._alias


def aliased(element, alias=None, name=None, flat=False, adapt_on_names=False):
    if isinstance(element, type):
        return AliasedClass(element, alias, name)
    return element.alias(name)


class Bundle:
    def __init__(self, name, *exprs, **kw):
        raise exc.InvalidRequestError("Bundle() is not supported; name the columns themselves")


def is_entity(value):
    if isinstance(value, type):
        return getattr(value, "__mapper__", None) is not None
    return isinstance(value, AliasedClass)


def entity_mapper(entity):
    if isinstance(entity, AliasedClass):
        return entity._mapper
    mapper = getattr(entity, "__mapper__", None)
    if mapper is None:
        if hasattr(entity, "class_"):
            return entity
        raise exc.ArgumentError("%r is no mapped class" % (entity,))
    configure(mapper.registry)
    return mapper


def entity_columns(entity):
    """(attribute or None, column) in the order a SELECT of the entity gives them."""
    mapper = entity_mapper(entity)
    rows = []
    for table in mapper.tables:
        for column in table.columns:
            name = mapper.name_of(column)
            if isinstance(entity, AliasedClass):
                column = entity._alias.c[column.key or column.name]
            rows.append((name, column))
    return rows


def _label_of(value):
    for name in ("key", "name"):
        found = getattr(value, name, None)
        if isinstance(found, str):
            return found
    return None


class Row(tuple):
    """One row: values by position, by name and as attributes."""
    __fields = ()

    @classmethod
    def _make(cls, values, fields):
        made = cls(values)
        made._fields = fields
        return made

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        fields = self.__dict__.get("_fields", ())
        if name in fields:
            return self[fields.index(name)]
        raise AttributeError("Could not locate column in row for column '%s'" % name)

    @property
    def _mapping(self):
        return dict(zip(self._fields, self))

    def _asdict(self):
        return dict(zip(self._fields, self))

    def keys(self):
        return list(self._fields)

    def _tuple(self):
        return self


def make_object(session, entity, values):
    """The object of a row: the one that is known, or a new one."""
    mapper = entity_mapper(entity)
    key = tuple(values.get(name) for name in mapper.key_names)
    if all(part is None for part in key):
        return None
    identity = (mapper.base_mapper.class_, key)
    known = session.identity_map.get(identity)
    if known is not None:
        state = known.__dict__["_sa_instance_state"]
        for name, value in values.items():
            if name not in known.__dict__ and name not in state.original:
                known.__dict__[name] = value
        adopt_values(known, mapper)
        return known
    cls = mapper.class_for(values)
    made = cls.__new__(cls)
    state = State(cls.__mapper__)
    state.session = session
    state.key = identity
    state.expired = any(name not in values for name in cls.__mapper__.all_columns())
    made.__dict__["_sa_instance_state"] = state
    for name, value in values.items():
        made.__dict__[name] = value
    adopt_values(made, cls.__mapper__)
    session.identity_map[identity] = made
    return made


def object_rows(session, entities, result):
    """The rows of a SELECT with objects in the place of the columns of mapped classes."""
    plan = []
    fields = []
    for entity in entities:
        if is_entity(entity):
            plan.append((entity, [name for name, column in entity_columns(entity)]))
            mapper = entity_mapper(entity)
            fields.append(mapper.class_.__name__)
        elif isinstance(entity, Table):
            for column in entity.columns:
                plan.append((None, None))
                fields.append(column.key)
        else:
            plan.append((None, None))
            fields.append(_label_of(entity))
    fields = tuple(fields)
    for row in result:
        at = 0
        values = []
        for entity, names in plan:
            if entity is None:
                values.append(row[at])
                at += 1
                continue
            found = {}
            for offset, name in enumerate(names):
                if name is not None:
                    found[name] = row[at + offset]
            at += len(names)
            values.append(make_object(session, entity, found))
        yield Row._make(values, fields)


class Rows:
    """The result of a statement: rows, or with scalars() their first values."""

    def __init__(self, rows, entities=(), scalar=False, distinct=False):
        self._rows = rows
        self._scalar = scalar
        self._distinct = distinct

    def __iter__(self):
        seen = []
        for row in self._rows:
            value = row[0] if self._scalar else row
            if self._distinct:
                if any(value is one or (not self._scalar and value == one) for one in seen):
                    continue
                seen.append(value)
            yield value

    def scalars(self, index=0):
        return Rows(self._rows, scalar=True, distinct=self._distinct)

    def unique(self, strategy=None):
        return Rows(self._rows, scalar=self._scalar, distinct=True)

    def all(self):
        return list(self)

    fetchall = all

    def first(self):
        for value in self:
            return value
        return None

    fetchone = first

    def fetchmany(self, size=None):
        found = []
        for value in self:
            found.append(value)
            if size is not None and len(found) == size:
                break
        return found

    def one(self):
        found = self.one_or_none()
        if found is None:
            raise exc.NoResultFound("No row was found when one was required")
        return found

    def one_or_none(self):
        found = []
        for value in self:
            found.append(value)
            if len(found) > 1:
                raise exc.MultipleResultsFound(
                    "Multiple rows were found when exactly one was required")
        return found[0] if found else None

    def scalar(self):
        row = self.first()
        return row if self._scalar or row is None else row[0]

    def scalar_one(self):
        return self.one()[0]

    def scalar_one_or_none(self):
        row = self.one_or_none()
        return None if row is None else row[0]

    def mappings(self):
        return Rows([row._mapping for row in self])

    def tuples(self):
        return self

    def partitions(self, size=None):
        part = []
        for value in self:
            part.append(value)
            if size is not None and len(part) == size:
                yield part
                part = []
        if part:
            yield part

    def yield_per(self, num):
        return self

    def close(self):
        pass


class Query:
    """session.query(...): a SELECT that is put together step by step."""

    def __init__(self, entities, session=None):
        if not isinstance(entities, (list, tuple)):
            entities = (entities,)
        self.entities = tuple(entities)
        self.session = session
        self._steps = []
        self._distinct = False
        self._limited = False

    def _with(self, method, *args, **kwargs):
        made = self._copy()
        made._steps.append((method, args, kwargs))
        return made

    def _copy(self):
        made = type(self)(self.entities, self.session)
        made._steps = list(self._steps)
        made._distinct = self._distinct
        made._limited = self._limited
        return made

    # ---- the statement

    def _columns(self):
        columns = []
        for entity in self.entities:
            if is_entity(entity):
                columns += [column for name, column in entity_columns(entity)]
            elif isinstance(entity, Table):
                columns += list(entity.columns)
            elif isinstance(entity, RelationshipAttribute):
                raise exc.InvalidRequestError(
                    "query() of a relationship is not supported; query the class itself")
            else:
                columns.append(entity)
        return columns

    def _build(self, columns=None):
        statement = select(*(self._columns() if columns is None else columns))
        for entity in self.entities:
            if is_entity(entity):
                mapper = entity_mapper(entity)
                if len(mapper.tables) > 1:
                    statement = statement.select_from(mapper.selectable)
                criterion = mapper.single_criterion(entity)
                if criterion is not None:
                    statement = statement.where(criterion)
        if columns is not None and not any(method == "select_from"
                                           for method, args, kwargs in self._steps):
            for entity in self.entities:
                if isinstance(entity, type) and is_entity(entity) \
                        and len(entity_mapper(entity).tables) == 1:
                    statement = statement.select_from(entity)
        for method, args, kwargs in self._steps:
            statement = getattr(statement, method)(*args, **kwargs)
        return statement

    @property
    def statement(self):
        return self._build()

    selectable = statement

    def __clause_element__(self):
        return self._build()

    def __str__(self):
        return str(self._build())

    def subquery(self, name=None, with_labels=False, reduce_columns=False):
        return self._build().subquery(name)

    def cte(self, name=None, recursive=False, nesting=False):
        return self._build().cte(name, recursive=recursive)

    def scalar_subquery(self):
        return self._build().scalar_subquery()

    as_scalar = scalar_subquery

    def label(self, name):
        return self._build().scalar_subquery().label(name)

    def exists(self):
        return exists(self._build())

    # ---- steps

    def filter(self, *criterion):
        return self._with("where", *criterion)

    where = filter

    def filter_by(self, **kwargs):
        entity = self._last_entity()
        return self._with("where", *[getattr(entity, name) == value
                                     for name, value in kwargs.items()])

    def _last_entity(self):
        for method, args, kwargs in reversed(self._steps):
            if method in ("join", "outerjoin") and args:
                target = args[0]
                if is_entity(target):
                    return target
                if isinstance(target, RelationshipAttribute):
                    return target.way.target.class_
        for entity in self.entities:
            if is_entity(entity):
                return entity
        for entity in self.entities:
            table = getattr(entity, "table", None)
            if table is not None:
                return table.c
        raise exc.InvalidRequestError("filter_by() needs a mapped class in the query")

    def order_by(self, *clauses):
        if len(clauses) == 1 and (clauses[0] is None or clauses[0] is False):
            made = self._copy()
            made._steps = [step for step in made._steps if step[0] != "order_by"]
            return made
        return self._with("order_by", *clauses)

    def group_by(self, *clauses):
        return self._with("group_by", *clauses)

    def having(self, *having):
        return self._with("having", *having)

    def limit(self, limit):
        made = self._with("limit", limit)
        made._limited = True
        return made

    def offset(self, offset):
        made = self._with("offset", offset)
        made._limited = True
        return made

    def slice(self, start, stop):
        made = self
        if stop is not None:
            made = made.limit(stop - (start or 0))
        return made.offset(start) if start else made

    def distinct(self, *expr):
        made = self._with("distinct", *expr)
        made._distinct = True
        return made

    def select_from(self, *from_obj):
        return self._with("select_from", *from_obj)

    def join(self, target, *props, isouter=False, full=False, **kwargs):
        return self._join("outerjoin" if isouter else "join", target, props)

    def outerjoin(self, target, *props, full=False, **kwargs):
        return self._join("outerjoin", target, props)

    def _join(self, method, target, props):
        if isinstance(target, tuple):
            target, props = target[0], target[1:]
        if isinstance(target, str):
            target = getattr(self._last_entity(), target)
        if not props:
            made = self._with(method, target)
        elif isinstance(props[0], RelationshipAttribute):
            made = self
            columns = target._columns if isinstance(target, AliasedClass) \
                else entity_mapper(target).all_columns()
            for selectable, condition in props[0].join_to(target, columns):
                made = made._with(method, selectable, condition)
        else:
            made = self._with(method, target, *props)
        if any(is_entity(entity) for entity in self.entities) \
                and not any(step[0] in ("select_from", "join", "outerjoin")
                            for step in self._steps):
            first = next(entity for entity in self.entities if is_entity(entity))
            if len(entity_mapper(first).tables) == 1:
                made._steps.insert(len(made._steps) - 1, ("select_from", (first,), {}))
        return made

    def with_for_update(self, **kwargs):
        return self._with("with_for_update", **kwargs)

    with_lockmode = with_for_update

    def correlate(self, *fromclauses):
        return self._with("correlate", *fromclauses)

    def params(self, *args, **kwargs):
        return self._with("params", *args, **kwargs)

    def with_entities(self, *entities):
        made = self._copy()
        made.entities = tuple(entities)
        return made

    def add_columns(self, *columns):
        return self.with_entities(*(self.entities + columns))

    def add_column(self, column):
        return self.add_columns(column)

    add_entity = add_column

    def with_session(self, session):
        made = self._copy()
        made.session = session
        return made

    def union(self, *others):
        return self._compound("union", others)

    def union_all(self, *others):
        return self._compound("union_all", others)

    def _compound(self, name, others):
        raise exc.InvalidRequestError(
            "query.%s() is not supported; use select(...).%s(...)" % (name, name))

    def from_self(self, *entities):
        raise exc.InvalidRequestError("query.from_self() is not supported; use a subquery")

    def _inert(self, *args, **kwargs):
        return self

    options = yield_per = enable_eagerloads = populate_existing = execution_options = _inert
    autoflush = enable_assertions = with_hint = reset_joinpoint = set_label_style = _inert
    with_labels = _inert

    # ---- results

    def _result(self):
        session = self.session
        if session is None:
            raise exc.InvalidRequestError("the query has no session")
        if session.autoflush:
            session.flush()
        result = session._ask(self._build())
        single = len(self.entities) == 1 and is_entity(self.entities[0])
        return Rows(object_rows(session, self.entities, result), scalar=single)

    def __iter__(self):
        return iter(self._result())

    def all(self):
        return self._result().all()

    def first(self):
        made = self if self._limited else self.limit(1)
        return made._result().first()

    def one(self):
        return self._result().one()

    def one_or_none(self):
        return self._result().one_or_none()

    def scalar(self):
        found = self._result().one_or_none()
        if found is None:
            return None
        return found[0] if isinstance(found, tuple) else found

    def scalars(self):
        return Rows(((value if not isinstance(value, tuple) else value[0],)
                     for value in self._result()), scalar=True)

    def get(self, ident):
        return self.session.get(self.entities[0], ident)

    def __getitem__(self, item):
        if isinstance(item, slice):
            return self.slice(item.start, item.stop).all()
        return self.offset(item).limit(1).all()[0]

    def count(self):
        inner = self._build().subquery()
        statement = select(func.count()).select_from(inner)
        if self.session.autoflush:
            self.session.flush()
        return self.session._ask(statement).scalar()

    def _conditions(self, what):
        found = []
        for method, args, kwargs in self._steps:
            if method == "where":
                found += list(args)
            elif method not in ("order_by", "select_from"):
                raise exc.InvalidRequestError(
                    "Can't call Query.update() or Query.delete() when %s() has been called"
                    % method)
        criterion = entity_mapper(self.entities[0]).single_criterion(self.entities[0])
        return found if criterion is None else found + [criterion]

    def update(self, values, synchronize_session="auto", update_args=None):
        self.session.flush()
        mapper = entity_mapper(self.entities[0])
        columns = mapper.all_columns()
        row = {}
        for key, value in (values.items() if isinstance(values, dict) else values):
            column = columns.get(key, key) if isinstance(key, str) else key
            row[column if isinstance(column, str) else column.name] = value
        statement = update(mapper.local_table).values(row)
        for condition in self._conditions("update"):
            statement = statement.where(condition)
        result = self.session.connection().execute(statement)
        self.session.expire_all()
        return result.rowcount

    def delete(self, synchronize_session="auto", delete_args=None):
        self.session.flush()
        mapper = entity_mapper(self.entities[0])
        statement = delete(mapper.local_table)
        for condition in self._conditions("delete"):
            statement = statement.where(condition)
        result = self.session.connection().execute(statement)
        self.session.expire_all()
        return result.rowcount

    @property
    def column_descriptions(self):
        return [{"entity": entity, "expr": entity,
                 "name": getattr(entity, "__name__", _label_of(entity))}
                for entity in self.entities]


def with_parent(instance, prop, from_entity=None):
    return prop.way
