"""psycopg2 as far as projects touch it themselves: statements go through SQLAlchemy, whose connection speaks to the
server without it."""
from _dbapi import Connection as connection, Cursor as cursor, Json, execute_batch, execute_values
from psycopg2.errors import (DatabaseError, DataError, Error, IntegrityError, InterfaceError, InternalError,
                             NotSupportedError, OperationalError, ProgrammingError, Warning)

apilevel = "2.0"
paramstyle = "pyformat"
threadsafety = 2
__version__ = "2.9.10 (dt dec pq3 ext lo64)"
# psycopg2.extensions
ISOLATION_LEVEL_AUTOCOMMIT, ISOLATION_LEVEL_READ_COMMITTED = 0, 1
ISOLATION_LEVEL_REPEATABLE_READ, ISOLATION_LEVEL_SERIALIZABLE = 2, 3


def Binary(data):
    return bytes(data)


def register_uuid(*args, **kwargs):
    """Values come with Python's types anyway."""


register_json = register_default_json = register_default_jsonb = register_hstore = register_uuid
register_type = register_adapter = register_uuid
