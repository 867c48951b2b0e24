"""Types, defaults, constraints and indexes in the many ways that models write them, on every engine."""
import decimal
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy import Column, MetaData, Table

metadata = MetaData()


class Mood(enum.Enum):
    good = "g"
    bad = "b"


TYPES = [
    sa.Integer, sa.Integer(), sa.BigInteger(), sa.SmallInteger(), sa.INTEGER(), sa.BIGINT(), sa.SMALLINT(), sa.INT(),
    sa.Boolean(), sa.BOOLEAN(), sa.Boolean(create_constraint=True, name="is_it"),
    sa.String(), sa.String(30), sa.Unicode(30), sa.Text(), sa.UnicodeText(), sa.VARCHAR(12), sa.VARCHAR(), sa.CHAR(3),
    sa.CHAR(), sa.TEXT(),
    sa.Float(), sa.Float(10), sa.Float(24), sa.Float(25), sa.Float(53), sa.FLOAT(), sa.FLOAT(7), sa.REAL(),
    sa.Double(), sa.Double(53), sa.DOUBLE_PRECISION(), sa.Float(asdecimal=True),
    sa.Numeric(), sa.Numeric(10), sa.Numeric(10, 2), sa.Numeric(10, 0), sa.NUMERIC(8, 3), sa.DECIMAL(), sa.DECIMAL(9),
    sa.DECIMAL(9, 4), sa.Numeric(asdecimal=False),
    sa.Date(), sa.DATE(), sa.DateTime(), sa.DateTime(timezone=True), sa.TIMESTAMP(),
    sa.TIMESTAMP(timezone=True), sa.Time(), sa.Time(timezone=True), sa.TIME(), sa.Interval(), sa.Interval(native=False),
    sa.Interval(second_precision=3), sa.Interval(day_precision=4),
    sa.LargeBinary(), sa.LargeBinary(100), sa.PickleType(), sa.JSON(), sa.JSON(none_as_null=True), sa.Uuid(),
    sa.Uuid(native_uuid=False), sa.UUID(), sa.Uuid(as_uuid=False),
    sa.Enum("a", "b", name="letters"), sa.Enum(Mood), sa.Enum(Mood, name="moods"), sa.Enum("x", "yy", native_enum=False),
    sa.Enum(Mood, native_enum=False, length=20), sa.Enum("c", "d", name="checked", create_constraint=True),
    sa.Enum("e", "f", name="checked2", native_enum=False, create_constraint=True),
    sa.Enum(Mood, name="by_value", values_callable=lambda mood: [one.value for one in mood]),
    sa.String(20).with_variant(sa.Text(), "postgresql"), sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    sa.String(40, collation="NOCASE").with_variant(sa.String(40, collation="C"), "postgresql"),
]


def add_types(types, prefix):
    """A table of each type: a failure names one."""
    for number, kind in enumerate(types):
        Table(f"{prefix}_{number}", metadata, Column("id", sa.Integer, primary_key=True), Column("value", kind))


add_types(TYPES, "type")


def default(name, kind, value):
    return Column(name, kind, server_default=value)


Table(
    "defaults", metadata, Column("id", sa.Integer, primary_key=True),
    default("text_", sa.String(20), "plain"), default("quote", sa.String(20), "it's"), default("empty", sa.String, ""),
    default("expression", sa.String(20), sa.text("'literal'")), default("long_", sa.Text, sa.text("('a' || 'b')")),
    default("back", sa.String(20), "a\\b"), default("percent", sa.String(20), "100%"), default("nul", sa.String, sa.null()),
    default("digits", sa.String(5), "0"), default("number", sa.Integer, "7"), default("zero", sa.Integer, sa.text("0")),
    default("negative", sa.Integer, "-1"), default("negative_", sa.Integer, sa.text("-1")),
    default("sum_", sa.Integer, sa.text("(1 + 2)")), default("small", sa.SmallInteger, "3"),
    default("big", sa.BigInteger, "12345678901"), default("big_", sa.BigInteger, sa.text("5")),
    default("fraction", sa.Numeric(10, 2), "1.50"), default("fraction_", sa.Numeric(10, 2), sa.text("2.5")),
    default("zero_", sa.Numeric(10, 2), "0"), default("float_", sa.Float, "0.5"), default("float2", sa.Float, sa.text("1e3")),
    default("yes", sa.Boolean, sa.true()), default("no", sa.Boolean, sa.false()), default("flag", sa.Boolean, "1"),
    default("flag_", sa.Boolean, sa.text("false")), default("word", sa.Boolean, "true"),
    default("now", sa.DateTime, sa.func.now()), default("now_", sa.DateTime(timezone=True), sa.func.current_timestamp()),
    default("stamp", sa.DateTime, sa.text("CURRENT_TIMESTAMP")), default("today", sa.Date, sa.func.current_date()),
    default("day", sa.Date, "2020-02-29"), default("moment", sa.DateTime, "2020-02-29 12:00:00"),
    default("json", sa.JSON, "{}"), default("json_", sa.JSON, sa.text("'[]'")), default("blob", sa.LargeBinary, sa.text("'x'")),
    default("enum", sa.Enum("a", "b", name="letters"), "a"), default("mood", sa.Enum(Mood, name="moods"), Mood.good.name),
    default("upper_", sa.String(20), sa.func.upper("a")), default("cast_", sa.String(20), sa.cast("1", sa.String(20))),
    Column("client", sa.Integer, default=3), Column("uuid", sa.Uuid, default=uuid.uuid4),
    Column("client_", sa.Numeric, default=decimal.Decimal("1.5"), onupdate=decimal.Decimal("2")),
)

Table(
    "checks", metadata, Column("id", sa.Integer, primary_key=True), Column("a", sa.Integer), Column("b", sa.String(9)),
    Column("c", sa.Integer, sa.CheckConstraint("c > 0")), Column("d", sa.Numeric(5, 2)), Column("MixedCase", sa.Integer),
    sa.CheckConstraint("a > 0", name="a_positive"), sa.CheckConstraint("a>=0 and a<100"),
    sa.CheckConstraint("b IN ('x', 'y')", name="b_known"), sa.CheckConstraint("length(b) > 2 OR b IS NULL"),
    sa.CheckConstraint("a BETWEEN 1 AND 5"), sa.CheckConstraint("(a <> 3)"), sa.CheckConstraint("NOT (a = 4)"),
    sa.CheckConstraint("b LIKE 'a%'", name="like_"), sa.CheckConstraint("lower(b) = b"),
    sa.CheckConstraint('"MixedCase" > 1'), sa.CheckConstraint("a != 1"), sa.CheckConstraint("d > 0.5 and d < 10"),
    sa.CheckConstraint("CASE WHEN a > 1 THEN b IS NOT NULL ELSE TRUE END"), sa.CheckConstraint("a + c * 2 < 9"),
    sa.CheckConstraint("coalesce(a, 0) >= 0"), sa.CheckConstraint("CAST(b AS VARCHAR) <> ''"),
)
checked = Table("checks_of_columns", metadata, Column("id", sa.Integer, primary_key=True), Column("a", sa.Integer),
                Column("b", sa.String(9)))
checked.append_constraint(sa.CheckConstraint(checked.c.a > 5))
checked.append_constraint(sa.CheckConstraint(sa.or_(checked.c.a.is_(None), checked.c.b == "x"), name="either"))
checked.append_constraint(sa.CheckConstraint(checked.c.b.in_(["p", "q"])))
checked.append_constraint(sa.CheckConstraint(sa.func.length(checked.c.b) < 8))

indexed = Table(
    "indexes", metadata, Column("id", sa.Integer, primary_key=True), Column("a", sa.Integer, index=True),
    Column("b", sa.String(9), unique=True), Column("c", sa.String(9), index=True, unique=True),
    Column("d", sa.DateTime), Column("Mixed Case", sa.Integer), sa.UniqueConstraint("a", "b"),
    sa.UniqueConstraint("c", "d", name="uq_named"), sa.Index("ix_two", "a", "b"), sa.Index("ix_unique", "d", unique=True),
    sa.Index("ix_text", sa.text("lower(b)")), sa.Index("ix_desc", sa.text("d DESC")), sa.Index("ix_mixed", "Mixed Case"),
)
sa.Index("ix_lower", sa.func.lower(indexed.c.b))
sa.Index("ix_order", indexed.c.d.desc(), indexed.c.a)
sa.Index("ix_expression", indexed.c.a + 1)
sa.Index("ix_coalesce", sa.func.coalesce(indexed.c.a, 0))
sa.Index("ix_where", indexed.c.a, postgresql_where=indexed.c.b.isnot(None), sqlite_where=indexed.c.b.isnot(None))
sa.Index("ix_where_and", indexed.c.a, postgresql_where=sa.and_(indexed.c.a > 1, indexed.c.b == "x"),
         sqlite_where=sa.and_(indexed.c.a > 1, indexed.c.b == "x"))
sa.Index("ix_where_text", "b", postgresql_where=sa.text("a IN (1, 2)"), sqlite_where=sa.text("a IN (1, 2)"))

Table("generated", metadata, Column("id", sa.Integer, primary_key=True), Column("a", sa.Integer), Column("b", sa.String(9)),
      Column("twice", sa.Integer, sa.Computed("a * 2", persisted=True)),
      Column("joined", sa.String(40), sa.Computed("b || 'x'", persisted=True)),
      Column("case_", sa.Integer, sa.Computed("CASE WHEN a > 0 THEN 1 ELSE 0 END", persisted=True), nullable=False))

Table("parents", metadata, Column("x", sa.Integer, primary_key=True), Column("y", sa.String(5), primary_key=True))
Table("children", metadata, Column("id", sa.Integer, primary_key=True),
      Column("one", sa.ForeignKey("defaults.id")), Column("two", sa.Integer, sa.ForeignKey("checks.id", ondelete="cascade")),
      Column("three", sa.ForeignKey("checks.id", onupdate="NO ACTION", ondelete="NO ACTION")),
      Column("four", sa.ForeignKey("indexes.id", ondelete="SET NULL", deferrable=True, initially="DEFERRED"), unique=True),
      Column("self_", sa.ForeignKey("children.id"), nullable=True, index=True), Column("x", sa.Integer),
      Column("y", sa.String(5)), sa.ForeignKeyConstraint(["x", "y"], ["parents.x", "parents.y"], name="fk_pair"))
