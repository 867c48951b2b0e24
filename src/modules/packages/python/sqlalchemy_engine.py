"""Engines: a URL, and the one connection that is opened when it is first used."""
import _database
from _connection import Connection, Dialect

Connectable = Connection
DefaultDialect = Dialect


def __getattr__(name):
    if name == "Inspector":
        import _connection

        return _connection.Inspector
    raise AttributeError("module 'sqlalchemy.engine' has no attribute %r" % name)


class URL:
    """dialect+driver://user:password@host:port/database?query"""

    _fields = ("drivername", "username", "password", "host", "port", "database", "query")

    def __init__(self, drivername, username=None, password=None, host=None, port=None,
                 database=None, query=None):
        self.drivername = drivername
        self.username = username
        self.password = password
        self.host = host
        self.port = int(port) if port is not None and port != "" else None
        self.database = database
        self.query = dict(query or {})

    @classmethod
    def create(cls, drivername, username=None, password=None, host=None, port=None, database=None,
               query=None):
        return cls(drivername, username, password, host, port, database, query)

    def _parts(self):
        return tuple(getattr(self, name) for name in self._fields)

    def _asdict(self):
        return {name: getattr(self, name) for name in self._fields}

    def set(self, **changes):
        parts = {name: value for name, value in changes.items() if value is not None}
        return type(self)(**{**self._asdict(), **parts})

    _replace = set

    def update_query_dict(self, query_parameters, append=False):
        return self.set(query={**self.query, **query_parameters})

    def update_query_pairs(self, key_value_pairs, append=False):
        return self.update_query_dict(dict(key_value_pairs))

    def update_query_string(self, query_string, append=False):
        from urllib.parse import parse_qsl

        return self.update_query_pairs(parse_qsl(query_string))

    def difference_update_query(self, names):
        return self.set(query={key: value for key, value in self.query.items()
                               if key not in set(names)})

    def render_as_string(self, hide_password=True):
        return _database.render_url(*self._parts(), hide_password)

    def __to_string__(self, hide_password=True):
        return self.render_as_string(hide_password)

    def __str__(self):
        return self.render_as_string()

    __repr__ = __str__

    def __iter__(self):
        return iter(self._parts())

    def __eq__(self, other):
        return isinstance(other, URL) and self._parts() == other._parts()

    def __hash__(self):
        return hash(self.render_as_string(False))

    def get_backend_name(self):
        return self.drivername.split("+")[0]

    def get_driver_name(self):
        if "+" in self.drivername:
            return self.drivername.split("+", 1)[1]
        return {"postgresql": "psycopg2", "sqlite": "pysqlite"}.get(self.drivername, "mysqldb")

    def get_dialect(self, _is_async=False):
        return Dialect

    @property
    def normalized_query(self):
        return {key: (value,) if isinstance(value, str) else tuple(value)
                for key, value in self.query.items()}


def make_url(name_or_url):
    if isinstance(name_or_url, URL):
        return name_or_url
    if isinstance(name_or_url, str):
        return URL(*_database.parse_url(name_or_url))
    if hasattr(name_or_url, "unicode_string"):  # a URL of pydantic
        return make_url(str(name_or_url))
    return _database.parse_url(name_or_url)  # says what is wrong


class _Begun:
    """with engine.begin() as connection"""

    def __init__(self, connection):
        self._connection = connection

    def __enter__(self):
        self._transaction = self._connection.begin()
        return self._connection

    def __exit__(self, *problem):
        return self._transaction.__exit__(*problem)


# What connect_args may say that libpq knows by the same name; the rest is of the drivers alone.
_CONNECTION = frozenset((
    "application_name", "channel_binding", "client_encoding", "connect_timeout", "dbname", "gssencmode", "host",
    "hostaddr", "keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval", "krbsrvname",
    "load_balance_hosts", "options", "passfile", "password", "port", "requirepeer", "service", "ssl_max_protocol_version",
    "ssl_min_protocol_version", "sslcert", "sslcrl", "sslkey", "sslmode", "sslpassword", "sslrootcert", "sslsni",
    "target_session_attrs", "tcp_user_timeout", "timeout", "user"))


def _with_arguments(url, arguments):
    """The URL with what connect_args says of a connection to PostgreSQL."""
    if url.get_backend_name() != "postgresql" or not arguments:
        return url
    query = dict(url.query)
    for name, value in arguments.items():
        if value is None:
            continue
        if name == "server_settings":
            settings = dict(value)
            if "application_name" in settings:  # which libpq sends by itself
                query["application_name"] = str(settings.pop("application_name"))
            given = [query["options"]] if "options" in query else []
            given += ["-c %s=%s" % (key, str(one).replace("\\", "\\\\").replace(" ", "\\ "))
                      for key, one in settings.items()]
            if given:
                query["options"] = " ".join(given)
        elif name == "ssl" or name == "ssl_context":
            query.pop("sslmode", None)
            if hasattr(value, "_retort_options"):
                query.update(value._retort_options())
            else:
                query["ssl"] = str(value).lower()
        elif name == "user":
            url = url.set(username=str(value))
        elif name == "password":
            url = url.set(password=str(value))
        elif name in ("dbname", "database"):
            url = url.set(database=str(value))
        elif name == "host" and not str(value).startswith("/"):
            url = url.set(host=str(value))
        elif name == "port":
            url = url.set(port=int(value))
        elif name in _CONNECTION:
            query[name] = str(int(value)) if isinstance(value, bool) else str(value)
    return url.set(query=query)


class Engine:
    def __init__(self, url, options, connection=None):
        self.url = url
        self.echo = options.get("echo", False)
        self.logging_name = options.get("logging_name")
        self.pool = options.get("poolclass", QueuePool)(None)
        self._options = options
        self._opened = connection

    def _connection(self):
        if self._opened is None:
            url = _with_arguments(self.url, self._options.get("connect_args") or {})
            self._opened = _database.connect(url.render_as_string(False), self)
        return self._opened

    @property
    def engine(self):
        return self

    @property
    def name(self):
        return self.dialect.name

    @property
    def driver(self):
        return self.url.get_driver_name()

    @property
    def dialect(self):
        return self._connection().dialect

    def connect(self, close_with_result=False):
        return self._connection()

    def begin(self, close_with_result=False):
        return _Begun(self._connection())

    def execute(self, statement, *parameters, **more):
        return self._connection().execute(statement, *parameters, **more)

    def scalar(self, statement, *parameters, **more):
        return self._connection().scalar(statement, *parameters, **more)

    def run_callable(self, callable_, *args, **kwargs):
        return callable_(self._connection(), *args, **kwargs)

    def execution_options(self, **options):
        return self

    def get_execution_options(self):
        return {}

    def update_execution_options(self, **options):
        pass

    def table_names(self, schema=None, connection=None):
        import sqlalchemy

        return sqlalchemy.inspect(self).get_table_names(schema=schema)

    def has_table(self, table_name, schema=None):
        import sqlalchemy

        return sqlalchemy.inspect(self).has_table(table_name, schema=schema)

    def raw_connection(self):
        raise AttributeError("the driver's own connection is not available: there is no Python "
                             "driver; use execute() or exec_driver_sql()")

    def dispose(self, close=True):
        pass

    def __repr__(self):
        return "Engine(%r)" % self.url


def _engine_of(connection, url):
    """The engine of the connection that a run has made by itself."""
    if not url:
        url = connection.dialect.name + "://"
    return Engine(make_url(url), {}, connection)


def create_engine(url, **kwargs):
    return Engine(make_url(url), kwargs)


def create_mock_engine(url, executor, **kwargs):
    return Engine(make_url(url), kwargs)


def engine_from_config(configuration, prefix="sqlalchemy.", **kwargs):
    options = {key[len(prefix):]: value for key, value in configuration.items()
               if key.startswith(prefix)}
    options.pop("_coerce_config", None)
    options.update(kwargs)
    url = options.pop("url", None)
    if not url or url == "driver://user:pass@localhost/dbname":
        url = _database.default_url()  # DATABASE_URL, or the error that tells what to set
    return create_engine(url, **options)


class Pool:
    def __init__(self, creator=None, *args, **kwargs):
        pass

    def dispose(self):
        pass

    def status(self):
        return type(self).__name__


class NullPool(Pool):
    pass


class QueuePool(Pool):
    pass


class StaticPool(Pool):
    pass


class SingletonThreadPool(Pool):
    pass


class AssertionPool(Pool):
    pass


class AsyncAdaptedQueuePool(QueuePool):
    pass


class FallbackAsyncAdaptedQueuePool(AsyncAdaptedQueuePool):
    pass


# ---- sqlalchemy.ext.asyncio


class _Awaited:
    """What can be awaited and entered: `await engine.connect()`, `async with engine.connect()`."""

    def __init__(self, enter, leave):
        self._enter = enter
        self._leave = leave

    def __await__(self):
        return self._enter()
        yield

    async def __aenter__(self):
        return self._enter()

    async def __aexit__(self, *problem):
        return self._leave(*problem)


class AsyncTransaction(_Awaited):
    def __init__(self, transaction):
        super().__init__(lambda: self, transaction.__exit__)
        self._transaction = transaction

    @property
    def is_active(self):
        return self._transaction.is_active

    async def commit(self):
        self._transaction.commit()

    async def rollback(self):
        self._transaction.rollback()


class AsyncConnection(_Awaited):
    def __init__(self, connection):
        super().__init__(lambda: self, lambda *problem: None)
        self.sync_connection = connection

    @property
    def dialect(self):
        return self.sync_connection.dialect

    @property
    def closed(self):
        return self.sync_connection.closed

    @property
    def engine(self):
        return AsyncEngine(self.sync_connection.engine)

    sync_engine = property(lambda self: self.sync_connection.engine)

    async def run_sync(self, fn, *args, **kwargs):
        return fn(self.sync_connection, *args, **kwargs)

    async def execute(self, statement, *parameters, **more):
        return self.sync_connection.execute(statement, *parameters, **more)

    async def exec_driver_sql(self, statement, *parameters, **more):
        return self.sync_connection.exec_driver_sql(statement, *parameters, **more)

    async def scalar(self, statement, *parameters, **more):
        return self.sync_connection.scalar(statement, *parameters, **more)

    async def scalars(self, statement, *parameters, **more):
        return self.sync_connection.scalars(statement, *parameters, **more)

    async def execution_options(self, **options):
        self.sync_connection.execution_options(**options)
        return self

    def begin(self):
        return AsyncTransaction(self.sync_connection.begin())

    def begin_nested(self):
        return AsyncTransaction(self.sync_connection.begin_nested())

    def in_transaction(self):
        return self.sync_connection.in_transaction()

    async def commit(self):
        self.sync_connection.commit()

    async def rollback(self):
        self.sync_connection.rollback()

    async def close(self):
        self.sync_connection.close()

    async def aclose(self):
        self.sync_connection.close()


class AsyncEngine:
    def __init__(self, sync_engine):
        self.sync_engine = sync_engine

    @property
    def url(self):
        return self.sync_engine.url

    @property
    def dialect(self):
        return self.sync_engine.dialect

    @property
    def name(self):
        return self.sync_engine.name

    @property
    def driver(self):
        return self.sync_engine.driver

    def connect(self):
        return AsyncConnection(self.sync_engine.connect())

    def begin(self):
        begun = self.sync_engine.begin()
        return _Awaited(lambda: AsyncConnection(begun.__enter__()), begun.__exit__)

    def execution_options(self, **options):
        return self

    async def dispose(self, close=True):
        pass


def create_async_engine(url, **kwargs):
    return AsyncEngine(create_engine(url, **kwargs))


def async_engine_from_config(configuration, prefix="sqlalchemy.", **kwargs):
    return AsyncEngine(engine_from_config(configuration, prefix, **kwargs))


# ---- names for annotations


class Result:
    pass


class CursorResult(Result):
    pass


class ScalarResult(Result):
    pass


class MappingResult(Result):
    pass


class Row:
    pass


class RowMapping:
    pass


class Transaction:
    pass


class RootTransaction(Transaction):
    pass


class NestedTransaction(Transaction):
    pass


# As they were called before 2.0.
LegacyCursorResult = ResultProxy = CursorResult
LegacyRow = RowProxy = Row
