"""The driver's own errors, connection and cursor."""
import sqlite3

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError


def upgrade():
    bind = op.get_bind()
    op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String, unique=True))
    for text in ("SELECT * FROM nothing", "INSERT INTO t VALUES (1, 'a'), (1, 'b')", "CREATE TABLE t (id INTEGER)",
                 "ALTER TABLE t ADD COLUMN name TEXT"):
        try:
            bind.execute(sa.text(text))
        except DBAPIError as error:
            print(type(error).__name__, str(error).split("\n")[0], str(error.orig), type(error.orig).__name__)
            print(isinstance(error.orig, sqlite3.IntegrityError), isinstance(error.orig, sqlite3.Error), error.statement,
                  error.connection_invalidated)
    print(issubclass(IntegrityError, DBAPIError), sqlite3.sqlite_version_info >= (3, 8), sqlite3.sqlite_version.count("."))
    cursor = bind.connection.cursor()
    cursor.execute("INSERT INTO t (name) VALUES (?)", ("first",))
    print(cursor.rowcount, cursor.lastrowid, cursor.description)
    cursor.executemany("INSERT INTO t (id, name) VALUES (?, ?)", [(7, "x"), (8, "y"), (9, "z")])
    print(cursor.rowcount)
    cursor.execute("SELECT id, name FROM t ORDER BY id")
    print(cursor.fetchone(), cursor.fetchmany(2), cursor.fetchall(), cursor.fetchone(), [each[0] for each in cursor.description])
    print([name for id, name in cursor.execute("SELECT id, name FROM t WHERE name > ?", ("w",))])
    cursor.close()
    raw = bind.connection.driver_connection
    print(raw.execute("SELECT count(*) FROM t").fetchone(), isinstance(raw, sqlite3.Connection), type(raw).__module__)
    try:
        op.execute("INSERT INTO t VALUES (7, 'again')")
    except OperationalError:
        print("no")
    except IntegrityError as error:
        print("UNIQUE constraint failed" in str(error.orig))


def downgrade():
    pass
