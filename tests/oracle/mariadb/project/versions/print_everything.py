"""print everything"""
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def shown(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown(value[key])}" for key in sorted(value)) + "}"
    return repr(value)


def upgrade():
    bind = op.get_bind()
    inspector = sa.inspect(bind)
    print("schemas", [name for name in inspector.get_schema_names() if not name.startswith("test_")])
    print(inspector.has_table("parent"), inspector.has_table("some_view"), inspector.has_table("nosuch"))
    print("views", inspector.get_view_names())
    print("sequences", inspector.get_sequence_names())
    tables = [name for name in inspector.get_table_names() if name != "inspection_version"]
    print(tables)
    for table in tables:
        for column in inspector.get_columns(table):
            print(table, "column", shown(column))
        print(table, "key", shown(inspector.get_pk_constraint(table)))
        for kind in ("get_foreign_keys", "get_indexes", "get_unique_constraints", "get_check_constraints"):
            for one in getattr(inspector, kind)(table):
                print(table, kind, shown(one))
        print(table, "comment", shown(inspector.get_table_comment(table)))
        print(table, "options", shown(inspector.get_table_options(table)))
    try:
        inspector.get_columns("nosuch")
    except sa.exc.NoSuchTableError as error:
        print("no such table", type(error).__name__)
    metadata = sa.MetaData()
    metadata.reflect(bind, only=["parent", "Child Table", "numbers", "texts"])
    for name in sorted(metadata.tables):
        table = metadata.tables[name]
        for column in table.columns:
            print(name, column.name, repr(column.type), column.nullable, column.primary_key, column.comment)
        print(name, sorted(index.name for index in table.indexes))


def downgrade():
    pass
