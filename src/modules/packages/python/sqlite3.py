"""sqlite3 as far as projects touch it themselves: the errors are SQLAlchemy's, whose connection speaks to the
database."""
import _support
from _dbapi import Cursor, SqliteConnection as Connection
from sqlalchemy.exc import (DatabaseError, DataError, DBAPIError as Error, IntegrityError, InterfaceError,
                            InternalError, NotSupportedError, OperationalError, ProgrammingError)

apilevel = "2.0"
paramstyle = "qmark"
threadsafety = 1
version = "2.6.0"
version_info = (2, 6, 0)
sqlite_version = _support.sqlite_version()
sqlite_version_info = tuple([int(part) for part in sqlite_version.split(".")])
PARSE_DECLTYPES, PARSE_COLNAMES = 1, 2


class Row(tuple):
    pass


class Warning(Exception):
    pass


def register_adapter(*args, **kwargs):
    """Values come and go with Python's types anyway."""


register_converter = register_adapter


def Binary(data):
    return bytes(data)
