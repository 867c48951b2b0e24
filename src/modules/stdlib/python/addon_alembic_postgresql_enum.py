"""alembic_postgresql_enum: op.sync_enum_values() gives a PostgreSQL enum a new list of values."""
import re
from collections import namedtuple
from enum import Enum

import sqlalchemy as sa
from alembic.operations import MigrateOperation, Operations

_UNGIVEN = object()

TableIndex = namedtuple("TableIndex", ["name", "definition"])


class ColumnType(Enum):
    COMMON = sa.Enum
    ARRAY = sa.ARRAY


class TableReference:
    """A column of the enum's type."""

    def __init__(self, table_name, column_name, table_schema=_UNGIVEN,
                 column_type=ColumnType.COMMON, existing_server_default=None):
        self.table_name = table_name
        self.column_name = column_name
        self.table_schema = table_schema
        self.column_type = column_type
        self.existing_server_default = existing_server_default


def _quoted(*names):
    return ".".join('"%s"' % name for name in names if name)


class _Change:
    """The statements of one sync_enum_values()."""

    OPERATORS = (("!=", "new_old_not_equals"), ("=", "new_old_equals"))

    def __init__(self, operations, schema, name, values, renamed):
        self.operations = operations
        self.schema = schema
        self.name = name
        self.values = values
        self.renamed = renamed
        self.new = _quoted(schema, name)
        self.old = _quoted(schema, name + "_old")

    def run(self, text):
        self.operations.execute(sa.text(text.replace(":", "\\:")))

    def literal(self, value):
        return "'%s'" % value.replace("'", "''")

    def renaming(self, value):
        """SQL for a value's text, old names replaced by new ones."""
        if not self.renamed:
            return value
        whens = " ".join("WHEN %s = %s THEN %s" % (value, self.literal(old), self.literal(new))
                         for old, new in self.renamed)
        return "CASE %s ELSE %s END" % (whens, value)

    def make_type(self):
        self.run("ALTER TYPE %s RENAME TO %s" % (self.new, _quoted(self.name + "_old")))
        self.run("CREATE TYPE %s AS ENUM(%s)"
                 % (self.new, ", ".join(self.literal(value) for value in self.values)))

    def make_operators(self):
        """Predicates of partial indexes compare new with old while the columns change."""
        for operator, function in self.OPERATORS:
            own = "%s.%s" % (_quoted(self.schema), function)
            self.run("CREATE FUNCTION %s( new_enum_val %s, old_enum_val %s ) RETURNS boolean AS $$ "
                     "SELECT new_enum_val::text %s %s;\n$$ LANGUAGE SQL IMMUTABLE"
                     % (own, self.new, self.old, operator, self.renaming("old_enum_val::text")))
            self.run("CREATE OPERATOR %s.%s ( leftarg = %s, rightarg = %s, procedure = %s )"
                     % (_quoted(self.schema), operator, self.new, self.old, own))

    def drop_operators(self):
        for operator, function in self.OPERATORS:
            self.run("DROP OPERATOR IF EXISTS %s.%s ( %s, %s )"
                     % (_quoted(self.schema), operator, self.new, self.old))
            self.run("DROP FUNCTION %s.%s( new_enum_val %s, old_enum_val %s )"
                     % (_quoted(self.schema), function, self.new, self.old))

    def default(self, text):
        """A default's expression with the new type and the new names."""
        for old, new in self.renamed:
            text = text.replace("'%s'" % old, "'%s'" % new).replace('"%s"' % old, '"%s"' % new)
        own = ".".join(part for part in (self.schema, self.name) if part)
        if text.startswith("ARRAY["):
            return re.sub(r"::[.\w]+", "::" + own, text)
        return text.split("::")[0] + "::" + own + ("[]" if text.endswith("[]") else "")

    def change_column(self, column):
        table = _quoted(column.table_schema, column.table_name)
        name = _quoted(column.column_name)
        alter = "ALTER TABLE %s ALTER COLUMN %s " % (table, name)
        if column.existing_server_default is not None:
            self.run(alter + "DROP DEFAULT")
        if column.column_type == ColumnType.ARRAY:
            value = name + "::text[]"
            for old, new in self.renamed:
                value = "array_replace(%s, %s, %s)" % (value, self.literal(old), self.literal(new))
            self.run(alter + "TYPE %s[] USING %s::%s[]" % (self.new, value, self.new))
        else:
            value = "%s::text::%s" % (name, self.new)
            if self.renamed:
                whens = " ".join("WHEN %s::text = %s THEN %s::%s"
                                 % (name, self.literal(old), self.literal(new), self.new)
                                 for old, new in self.renamed)
                value = "CASE %s ELSE %s END" % (whens, value)
            self.run(alter + "TYPE %s USING %s" % (self.new, value))
        if column.existing_server_default is not None:
            self.run(alter + "SET DEFAULT " + self.default(column.existing_server_default))


@Operations.register_operation("sync_enum_values")
class SyncEnumValuesOp(MigrateOperation):
    @classmethod
    def sync_enum_values(cls, operations, enum_schema, enum_name, new_values, affected_columns,
                         enum_values_to_rename=(), indexes_to_recreate=None):
        if operations.get_context().dialect.name != "postgresql":
            return
        renamed = list(enum_values_to_rename)
        change = _Change(operations, enum_schema, enum_name, new_values, renamed)
        columns = [_column(operations, column, enum_schema) for column in affected_columns]
        change.make_type()
        change.make_operators()
        for index in indexes_to_recreate or []:
            schema, _, name = index.name.rpartition(".")
            change.run("DROP INDEX IF EXISTS " + _quoted(schema.strip('"'), name.strip('"')))
        for column in columns:
            change.change_column(column)
        change.drop_operators()
        change.run("DROP TYPE " + change.old)
        for index in indexes_to_recreate or []:
            definition = index.definition
            for old, new in renamed:
                for own in (enum_name, "%s.%s" % (enum_schema, enum_name)):
                    definition = definition.replace("'%s'::%s" % (old, own),
                                                    "'%s'::%s" % (new, own))
            change.run(definition)


def _column(operations, column, schema):
    if isinstance(column, TableReference):
        if column.table_schema is _UNGIVEN:
            column.table_schema = schema
        return column
    if not isinstance(column, tuple):
        raise ValueError("Affected columns must contain tuples or TableReferences")
    # The older form: (table, column) or (table, column, type); the default is asked for.
    default = operations.get_bind().execute(
        sa.text("SELECT column_default FROM information_schema.columns WHERE table_schema = :schema"
                " AND table_name = :table AND column_name = :column"),
        {"schema": schema, "table": column[0], "column": column[1]}).scalar()
    kind = column[2] if len(column) > 2 else ColumnType.COMMON
    return TableReference(column[0], column[1], schema, kind, default)
