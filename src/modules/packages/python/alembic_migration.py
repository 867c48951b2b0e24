"""What alembic's MigrationContext tells of the version table."""
from alembic.util import CommandError


def current_heads(context):
    from sqlalchemy import column, inspect, select, table

    if context.as_sql:
        return ()
    name, schema = context.version_table, context.version_table_schema
    if not inspect(context.connection).has_table(name, schema=schema):
        return ()
    versions = table(name, column("version_num"), schema=schema)
    return tuple(row[0] for row in context.connection.execute(select(versions.c.version_num)))


def current_revision(context):
    heads = current_heads(context)
    if len(heads) > 1:
        raise CommandError("Version table '%s' has more than one head present; please use "
                           "get_current_heads()" % context.version_table)
    return heads[0] if heads else None


def configured(cls, connection, opts):
    """MigrationContext.configure(): a context beside the run's, to ask a database for its revision."""
    if connection is None:
        raise TypeError("MigrationContext.configure() needs a connection")
    opts = dict(opts or {})
    made = cls.__new__(cls)
    made._connection = connection
    made.opts = opts
    made.as_sql = bool(opts.get("as_sql", False))
    made.dialect = connection.dialect
    made.version_table = opts.get("version_table", "alembic_version")
    made.version_table_schema = opts.get("version_table_schema")
    return made
