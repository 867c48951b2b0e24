"""The driver's own connection and cursor (PEP 249), over the connection of the migration."""
import _support


class Json(str):
    """psycopg2.extras.Json: a value to be written as JSON."""

    def __new__(cls, adapted, dumps=None):
        import json
        made = str.__new__(cls, (dumps or json.dumps)(adapted))
        made.adapted = adapted
        return made


class Cursor:
    arraysize = 1

    def __init__(self, connection):
        self.connection = connection
        self.rowcount = -1
        self.lastrowid = None
        self.description = None
        self.closed = False
        self._result = None

    def execute(self, operation, parameters=None):
        bind = self.connection._bind
        if parameters and not hasattr(parameters, "items"):
            parameters = tuple(parameters)
        statements = [operation] if parameters else _support.split_sql(bind.dialect.name, operation)
        for statement in statements:
            self._keep(bind.exec_driver_sql(statement, parameters) if parameters
                       else bind.exec_driver_sql(statement))
        return self

    def executemany(self, operation, seq_of_parameters):
        changed = 0
        for parameters in seq_of_parameters:
            self.execute(operation, parameters)
            changed += max(self.rowcount, 0)
        self.rowcount = changed
        return self

    def executescript(self, sql_script):
        return self.execute(sql_script)

    def _keep(self, result):
        self.rowcount = result.rowcount
        self.lastrowid = result.lastrowid
        self.description = result.description if result.returns_rows else None
        self._result = [tuple(row) for row in result] if result.returns_rows else None
        if self._result is not None and self.rowcount < 0 and self.connection._bind.dialect.name != "sqlite":
            self.rowcount = len(self._result)

    def _rows(self):
        if self._result is None:
            from sqlalchemy.exc import ProgrammingError
            raise ProgrammingError("no results to fetch")
        return self._result

    def fetchone(self):
        rows = self._rows()
        return rows.pop(0) if rows else None

    def fetchmany(self, size=None):
        rows = self._rows()
        count = size or self.arraysize
        self._result = rows[count:]
        return rows[:count]

    def fetchall(self):
        rows = self._rows()
        self._result = []
        return rows

    def __iter__(self):
        return iter(self.fetchall())

    def close(self):
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class Connection:
    """What connection.connection, .dbapi_connection and .driver_connection of SQLAlchemy lead to."""

    def __init__(self, bind):
        self._bind = bind
        self.autocommit = False
        self.closed = 0

    @property
    def dbapi_connection(self):
        return self

    driver_connection = connection = dbapi_connection

    @property
    def encoding(self):
        return "UTF8"

    def cursor(self, *args, **kwargs):
        return Cursor(self)

    def execute(self, operation, parameters=None):
        return self.cursor().execute(operation, parameters)

    def executemany(self, operation, parameters):
        return self.cursor().executemany(operation, parameters)

    def executescript(self, sql_script):
        return self.cursor().execute(sql_script)

    def commit(self):
        self._bind.commit()

    def rollback(self):
        self._bind.rollback()

    def close(self):
        """The connection is the migration's."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


class SqliteConnection(Connection):
    """sqlite3.Connection: projects ask whether a connection is one."""
    __module__ = "sqlite3"


def raw_connection(bind):
    return SqliteConnection(bind) if bind.dialect.name == "sqlite" else Connection(bind)


def execute_values(cur, sql, argslist, template=None, page_size=100, fetch=False):
    """psycopg2.extras.execute_values(): one INSERT for each page of rows."""
    rows = [list(row) for row in argslist]
    found = []
    for at in range(0, len(rows), page_size):
        page = rows[at:at + page_size]
        one = template or "(" + ", ".join(["%s"] * len(page[0])) + ")"
        cur.execute(sql.replace("%s", ", ".join([one] * len(page)), 1),
                    [value for row in page for value in row])
        if fetch:
            found += cur.fetchall()
    return found if fetch else None


def execute_batch(cur, sql, argslist, page_size=100):
    for row in argslist:
        cur.execute(sql, row)
