### add_column
op.add_column("child", sa.Column("extra", sa.Integer, nullable=True))
### add_column: not null with a default
op.add_column("child", sa.Column("extra", sa.String(5), nullable=False, server_default="x"))
### add_column: foreign key
# offline only
op.add_column("child", sa.Column("other_id", sa.Integer, sa.ForeignKey("parent.id", name="fk_other")))
### add_column: index and unique flags
# offline only
op.add_column("child", sa.Column("extra", sa.Integer, index=True))
op.add_column("child", sa.Column("extra2", sa.Integer, unique=True))
### add_column: inline references
op.add_column("child", sa.Column("other_id", sa.Integer, sa.ForeignKey("parent.id")), inline_references=True)
### add_column: if not exists
# offline only
op.add_column("child", sa.Column("extra", sa.Integer), if_not_exists=True)
### add_column: computed
op.add_column("child", sa.Column("twice", sa.Integer, sa.Computed("id * 2", persisted=False)))
### add_column: identity
# offline only
op.add_column("child", sa.Column("seq", sa.Integer, sa.Identity()))
### add_column: schema and comment
# offline only
op.add_column("child", sa.Column("extra", sa.Integer, comment="what"), schema="other")
### add_column: primary key
# offline only
op.add_column("child", sa.Column("pk", sa.Integer, primary_key=True))
### add_column: a default of an expression
# offline only
op.add_column("child", sa.Column("at", sa.DateTime, server_default=sa.func.now()))
### drop_column
op.drop_column("child", "note")
### drop_column: if exists
# offline only
op.drop_column("child", "note", if_exists=True)
### drop_column: schema
# offline only
op.drop_column("child", "note", schema="other")
### alter_column: rename
op.alter_column("child", "note", new_column_name="remark", existing_type=sa.Text())
### alter_column: nullable
# offline only
op.alter_column("child", "note", nullable=False, existing_type=sa.Text())
op.alter_column("child", "note", nullable=True, existing_type=sa.Text(), existing_server_default=sa.text("'x'"))
### alter_column: type
# offline only
op.alter_column("child", "note", type_=sa.String(30), existing_type=sa.Text(), existing_nullable=True)
### alter_column: type using
# offline only
op.alter_column("child", "note", type_=sa.Integer(), existing_type=sa.Text(), postgresql_using="note::integer")
### alter_column: default
# offline only
op.alter_column("child", "note", server_default="it's", existing_type=sa.Text())
op.alter_column("child", "note", server_default=None, existing_type=sa.Text())
op.alter_column("child", "note", server_default=sa.text("now()"), existing_type=sa.DateTime())
### alter_column: comment
# offline only
op.alter_column("child", "note", comment="new", existing_comment="old", existing_type=sa.Text(), existing_nullable=False)
op.alter_column("child", "note", comment=None, existing_type=sa.Text())
### alter_column: everything
# offline only
op.alter_column("child", "note", new_column_name="remark", type_=sa.String(9), nullable=False, server_default="z",
                existing_type=sa.Text(), existing_nullable=True, existing_server_default=None, schema="other")
### alter_column: autoincrement
# offline only
op.alter_column("child", "id", autoincrement=True, existing_type=sa.Integer(), existing_nullable=False)
### alter_column: identity
# offline only
op.alter_column("child", "id", server_default=sa.Identity(start=3), existing_type=sa.Integer())
op.alter_column("child", "id", server_default=None, existing_server_default=sa.Identity(start=3), existing_type=sa.Integer())
op.alter_column("child", "id", server_default=sa.Identity(start=9, always=True),
                existing_server_default=sa.Identity(start=3), existing_type=sa.Integer())
### alter_column: type of enum
# offline only
op.alter_column("child", "note", type_=sa.Enum("a", "b", name="letters"), existing_type=sa.Text())
### alter_column: a datetime's default
# offline only
op.alter_column("child", "at", server_default=sa.text("CURRENT_TIMESTAMP"), existing_type=sa.DateTime(), existing_nullable=False)
### alter_column: boolean
# offline only
op.alter_column("child", "flag", type_=sa.Boolean(), existing_type=sa.Integer(), nullable=False)
### alter_column: nothing
op.alter_column("child", "note", existing_type=sa.Text())
### alter_column: computed
# offline only
op.alter_column("child", "note", server_default=sa.Computed("id * 2"), existing_type=sa.Integer())
### alter_column: no longer computed
# offline only
op.alter_column("child", "note", server_default=None, existing_server_default=sa.Computed("id * 2"), existing_type=sa.Integer())
### add_column: a keyword of a dialect that is not there
op.add_column("child", sa.Column("owner_id", sa.Integer(), owned_key="owner.id"))
### add_column: bytes longer than an int tells
op.add_column("child", sa.Column("blob", sa.LargeBinary(length=4294967295)))
### add_column: what a decorator's type was made with
class Money(sa.types.TypeDecorator):
    impl = sa.Numeric
    cache_ok = True

price = Money(10, 2)
op.add_column("child", sa.Column("price", sa.Numeric(price.impl.precision + 2, price.impl.scale)))
op.add_column("child", sa.Column("cost", price))
### add_column: a type that listens for its table
# offline only
class Stage(sa.types.TypeDecorator):
    impl = sa.SmallInteger
    cache_ok = True

    class Comparator(sa.types.SmallInteger.Comparator):
        pass

    comparator_factory = Comparator

@sa.event.listens_for(Stage, "before_parent_attach")
def type_is_used(type_, column):
    @sa.event.listens_for(column, "after_parent_attach")
    def column_is_in(column, table):
        stages = sa.type_coerce(column, sa.SmallInteger).in_([1, 2, 3])
        check = sa.CheckConstraint(stages, "is_stage_%s" % column.name)
        assert check.table is table
        table.append_constraint(sa.Index("ix_stage_%s" % table.name, column, postgresql_using="brin"))

op.create_table("staged", sa.Column("id", sa.Integer, primary_key=True), sa.Column("stage", Stage()),
                sa.CheckConstraint("id > 0", name="positive"))
op.add_column("child", sa.Column("stage", Stage(), nullable=True))
with op.batch_alter_table("parent") as batch_op:
    batch_op.add_column(sa.Column("stage", Stage(), nullable=True))
### create_table: listeners of tables run their DDL
seen = []

@sa.event.listens_for(sa.Table, "after_create")
def table_is_there(table, connection, **kw):
    seen.append(table.name)

op.create_table("heard", sa.Column("id", sa.Integer, primary_key=True))
sa.event.remove(sa.Table, "after_create", table_is_there)
assert seen == ["heard"], seen
### execute: DDL with a percent sign
op.execute(sa.DDL("UPDATE child SET note = '5 %%'"))
### execute: DDL with names of its own
op.execute(sa.DDL('UPDATE "%(where)s" SET note = NULL', context={"where": "child"}))
### the class of the dialect
from sqlalchemy.dialects.mysql.base import MySQLDialect
from sqlalchemy.dialects.postgresql.base import PGDialect
dialect = op.get_context().dialect
assert isinstance(dialect, PGDialect) == (dialect.name == "postgresql")
assert isinstance(dialect, MySQLDialect) == (dialect.name == "mysql")
### keywords that nobody knows
op.add_column("child", sa.Column("kind", sa.Enum("a", "b", name="kinds", native_enum=False, extend_existing=True)))
with op.batch_alter_table("child") as batch_op:
    batch_op.alter_column("note", existing_type=sa.Text, default="x", type=sa.String(9), onupdate="y", nullable=False, server_default="z")
    batch_op.drop_column("flag", existing_type=sa.Integer)
### drop_table: keywords of Table
op.drop_table("loose", comment="gone", info={"a": 1}, extend_existing=True)
try:
    op.drop_table("child", must_exist=True)
except sa.exc.InvalidRequestError as problem:
    assert str(problem) == "Table 'child' not defined", problem
