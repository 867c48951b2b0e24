"""What Table and Column objects say of themselves, and what may be set on a Column."""
import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

metadata = sa.MetaData(naming_convention={"ix": "ix_%(column_0_label)s"})
teams = sa.Table("teams", metadata, sa.Column("id", sa.Integer, primary_key=True))
users = sa.Table(
    "users", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20)),
    sa.Column("age", sa.Integer, index=True),
    sa.Column("team_id", sa.ForeignKey("teams.id", ondelete="CASCADE", name="fk_team")),
    sa.UniqueConstraint("name", name="one_name"), sa.CheckConstraint("age > 0", name="of_age"),
    sa.Index("ix_both", "name", "age", unique=True))


def keys(columns):
    return [column.name for column in columns]


def upgrade():
    some = sa.select(users.c.id, users.c.name, sa.func.count().label("n"))
    for columns in (some.selected_columns, some.subquery().c):
        print([(column.name, column.primary_key) for column in columns])
    for constraint in sorted(users.constraints, key=lambda one: str(one.name)):
        print(type(constraint).__name__, constraint.name, constraint.table.name, keys(constraint.columns))
    for index in sorted(users.indexes, key=lambda one: one.name):
        print(type(index).__name__, index.name, index.unique, keys(index.columns))
    print(keys(users.primary_key.columns), isinstance(users.primary_key, sa.PrimaryKeyConstraint))
    for key in users.foreign_key_constraints:
        print(key.name, key.ondelete, key.onupdate, key.column_keys, key.referred_table is teams)
    for key in users.foreign_keys:
        print(key.target_fullname, key.parent.name, key.column is teams.c.id, key.constraint.name)

    users.c.name.nullable = False
    users.c.name.server_default = sa.DefaultClause(sa.text("'nobody'"))
    users.c.age.comment = "in years"
    users.c.age.type = sa.BigInteger()
    print(users.c.name.nullable, users.c.age.comment, users.c.age.type)
    users.create(op.get_bind())
    op.drop_index("ix_both", "users")
    column = users.c.name.copy() if hasattr(users.c.name, "copy") else users.c.name._copy()
    column.nullable = True
    column.unique = None
    column.server_default = None
    print(users.c.name.nullable, column.nullable, bool(column.unique))
    op.create_table("others", column, sa.Column("n", sa.Integer))


def downgrade():
    pass
