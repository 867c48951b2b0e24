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
