"""PyMySQL as far as projects touch it themselves: statements go through SQLAlchemy, whose connection speaks
to the server without it."""
from sqlalchemy.exc import (DatabaseError, DataError, DBAPIError as Error, IntegrityError, InterfaceError,
                            InternalError, NotSupportedError, OperationalError, ProgrammingError)

MySQLError = Error
version_info = (1, 4, 6, "final", 1)
VERSION = (1, 1, 0, "final", 1)
__version__ = "1.1.0"
paramstyle = "pyformat"


def install_as_MySQLdb():
    """There is nothing to stand in for."""
