"""Prints what the inspector says about everything, for comparison."""
import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def shown(value):
    """A text that is the same for equal values: dictionaries by key, types by class and repr."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {shown(value[k])}" for k in sorted(value, key=str)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(shown(item) for item in value) + "]"
    return repr(value)


def show(label, rows):
    for row in rows:
        print(label + ":", shown(row))


def upgrade():
    inspector = sa.inspect(op.get_bind())
    print(inspector.default_schema_name)
    print(inspector.get_schema_names())
    for schema in (None, "app"):
        print("schema", schema)
        print(sorted(inspector.get_table_names(schema=schema)))
        print(sorted(inspector.get_view_names(schema=schema)))
        print(sorted(inspector.get_materialized_view_names(schema=schema)))
        print(sorted(inspector.get_sequence_names(schema=schema)))
        show("enum", inspector.get_enums(schema=schema))
        tables = sorted(inspector.get_table_names(schema=schema))
        if schema is None:
            tables += ["cheap", "totals"]
        for table in tables:
            if table == "inspection_version":
                continue
            print("table", table)
            show("  column", inspector.get_columns(table, schema=schema))
            show("  pk", [inspector.get_pk_constraint(table, schema=schema)])
            show("  fk", sorted(inspector.get_foreign_keys(table, schema=schema), key=str))
            show("  unique", inspector.get_unique_constraints(table, schema=schema))
            show("  check", inspector.get_check_constraints(table, schema=schema))
            show("  index", inspector.get_indexes(table, schema=schema))
            show("  comment", [inspector.get_table_comment(table, schema=schema)])
            show("  options", [inspector.get_table_options(table, schema=schema)])
    print(inspector.get_view_definition("cheap"))
    print(inspector.has_table("bare"), inspector.has_table("nosuch"), inspector.has_table("child", schema="app"))
    print(inspector.has_index("booking", "ix_plain"), inspector.has_index("booking", "nosuch"))
    print(inspector.has_sequence("free_seq"), inspector.has_sequence("nosuch"))


def downgrade():
    pass
