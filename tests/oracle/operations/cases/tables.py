### create_table: constraints of every kind
op.create_table(
    "child",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("parent_id", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE", onupdate="SET NULL")),
    sa.Column("code", sa.String(10), unique=True, nullable=False),
    sa.Column("size", sa.Numeric(10, 2), server_default="0"),
    sa.CheckConstraint("size >= 0", name="ck_size"),
    sa.UniqueConstraint("code", "size", name="uq_code_size"),
)
### create_table: index flags
op.create_table("t1", sa.Column("a", sa.Integer, index=True), sa.Column("b", sa.Integer, unique=True, index=True))
### create_table: names that need quotes
op.create_table("Order", sa.Column("select", sa.Integer), sa.Column("two words", sa.Text), sa.Column("camelCase", sa.Text))
### create_table: composite primary key and foreign key
op.create_table("p2", sa.Column("a", sa.Integer), sa.Column("b", sa.Integer), sa.PrimaryKeyConstraint("a", "b", name="pk_p2"))
op.create_table("c2", sa.Column("x", sa.Integer), sa.Column("y", sa.Integer),
                sa.ForeignKeyConstraint(["x", "y"], ["p2.a", "p2.b"], name="fk_c2", deferrable=True, initially="DEFERRED"))
### create_table: server defaults
op.create_table("d", sa.Column("a", sa.Integer, server_default=sa.text("1 + 1")),
                sa.Column("b", sa.DateTime, server_default=sa.func.now()),
                sa.Column("c", sa.Boolean, server_default=sa.true(), nullable=False),
                sa.Column("e", sa.String(5), server_default="it's"),
                sa.Column("f", sa.Boolean, server_default=sa.false()),
                sa.Column("g", sa.DateTime, server_default=sa.text("CURRENT_TIMESTAMP")))
### create_table: comments
op.create_table("co", sa.Column("a", sa.Integer, comment="the column's"), comment="the table's")
### create_table: computed
op.create_table("cp", sa.Column("a", sa.Integer), sa.Column("b", sa.Integer, sa.Computed("a * 2", persisted=True)))
### create_table: identity
op.create_table("idn", sa.Column("a", sa.Integer, sa.Identity(start=5, increment=2, always=True), primary_key=True))
### create_table: schema
# offline only
op.create_table("s", sa.Column("a", sa.Integer, primary_key=True), schema="other")
op.drop_table("s", schema="other")
### create_table: if not exists
op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True), if_not_exists=True)
### create_table: enum and boolean with checks
op.create_table("en", sa.Column("a", sa.Enum("x", "y", name="kind", create_constraint=True)),
                sa.Column("b", sa.Boolean(create_constraint=True, name="ck_b")))
### create_table: prefixes
op.create_table("tmp", sa.Column("a", sa.Integer), prefixes=["TEMPORARY"])
### create_table: dialect options
op.create_table("opt", sa.Column("id", sa.Integer, primary_key=True), sqlite_autoincrement=True,
                mysql_engine="InnoDB", mysql_charset="utf8mb4", postgresql_with={"fillfactor": 50})
### create_table: types
op.create_table("ty", sa.Column("a", sa.BigInteger), sa.Column("b", sa.SmallInteger), sa.Column("c", sa.Float),
                sa.Column("d", sa.Double), sa.Column("e", sa.LargeBinary), sa.Column("f", sa.Date), sa.Column("g", sa.Time),
                sa.Column("h", sa.DateTime(timezone=True)), sa.Column("i", sa.JSON), sa.Column("j", sa.Uuid),
                sa.Column("k", sa.Unicode(5)), sa.Column("l", sa.Interval), sa.Column("m", sa.PickleType),
                sa.Column("n", sa.CHAR(3)), sa.Column("o", sa.Float(precision=10)), sa.Column("p", sa.DECIMAL(8, 3)))
### create_table: the table it returns
made = op.create_table("ret", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)))
op.bulk_insert(made, [{"id": 1, "name": "one"}, {"id": 2, "name": None}])
### drop_table
op.drop_table("child")
### drop_table: if exists
op.drop_table("nowhere", if_exists=True)
### rename_table
op.rename_table("child", "kid")
### rename_table: schema
# offline only
op.rename_table("child", "kid", schema="other")
### table comments
# offline only
op.create_table_comment("child", "it's new", existing_comment="old")
op.drop_table_comment("child", existing_comment="it's new")
### metadata: create_all in the order of definition, types first, keys in a circle last
metadata = sa.MetaData()
sa.Table("zeta", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("kind", sa.Enum("a", "b", name="kind")),
         sa.Column("alpha_id", sa.ForeignKey("alpha.id")))
sa.Table("beta", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("mood", sa.Enum("x", "y", name="amood")),
         sa.Column("kind", sa.Enum("a", "b", name="kind")))
sa.Table("alpha", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(9), index=True))
sa.Table("gamma", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("zeta_id", sa.ForeignKey("zeta.id")))
sa.Table("here", metadata, sa.Column("id", sa.Integer, primary_key=True),
         sa.Column("there_id", sa.ForeignKey("there.id", use_alter=True, name="fk_there")))
sa.Table("there", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("here_id", sa.ForeignKey("here.id")))
metadata.create_all(op.get_bind())
### metadata: drop_all
metadata = sa.MetaData()
sa.Table("zeta", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("kind", sa.Enum("a", "b", name="kind")),
         sa.Column("alpha_id", sa.ForeignKey("alpha.id")))
sa.Table("beta", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("mood", sa.Enum("x", "y", name="amood")))
sa.Table("alpha", metadata, sa.Column("id", sa.Integer, primary_key=True))
metadata.create_all(op.get_bind())
metadata.drop_all(op.get_bind())
### create_table: a column twice in a constraint
op.create_table("twice", sa.Column("a", mysql.VARCHAR(9, collate="latin1_bin").with_variant(sa.String(9), "sqlite", "postgresql")), sa.Column("b", sa.Integer),
                sa.UniqueConstraint("a", "b", "b"), sa.PrimaryKeyConstraint("b", "b"))
### the enum types of PostgreSQL as statements
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.named_types import DropEnumType
mood = postgresql.ENUM("sad", "it's", name="mood")
if op.get_context().dialect.name == "postgresql":
    op.execute(postgresql.base.CreateEnumType(mood))
    op.execute(DropEnumType(mood))
    op.execute(postgresql.CreateEnumType(mood))
### indexes: what says nothing to a database
op.create_index("ix_info", "child", ["note"], info={"x": 1}, quote=None)
op.drop_index("ix_info", table_name="child", info={"ifexists": True})
