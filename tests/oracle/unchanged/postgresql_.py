"""What only PostgreSQL has."""
import sqlalchemy as sa
from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql as pg

from common import Mood, add_types, default, metadata

mood = pg.ENUM("sad", "ok", "happy", name="pg_mood")
add_types([
    pg.ARRAY(sa.Integer), sa.ARRAY(sa.String(20)), pg.ARRAY(sa.Text, dimensions=2), pg.ARRAY(sa.Float(24)),
    pg.ARRAY(sa.Numeric(8, 2)), pg.ARRAY(sa.DateTime(timezone=True)), pg.ARRAY(pg.UUID), pg.ARRAY(mood), pg.ARRAY(pg.JSONB),
    pg.ARRAY(sa.Enum("a", "b", name="letters")), pg.BIT(), pg.BIT(5), pg.BIT(7, varying=True), pg.BIT(varying=True),
    pg.BYTEA(), pg.CIDR(), pg.INET(), pg.DATERANGE(), pg.INT4RANGE(), pg.INT8RANGE(),
    pg.NUMRANGE(), pg.TSRANGE(), pg.TSTZRANGE(), pg.INT4MULTIRANGE(), pg.DATEMULTIRANGE(), pg.TSTZMULTIRANGE(),
    pg.INTERVAL(), pg.INTERVAL(fields="DAY TO SECOND"), pg.INTERVAL(precision=3), pg.INTERVAL(fields="YEAR"),
    pg.INTERVAL(fields="SECOND", precision=2), pg.JSON(), pg.JSONB(), pg.JSONPATH(), pg.MACADDR(), pg.MACADDR8(),
    pg.MONEY(), pg.OID(), pg.REGCLASS(), pg.REGCONFIG(), pg.TIMESTAMP(), pg.TIMESTAMP(timezone=True),
    pg.TIMESTAMP(precision=3), pg.TIMESTAMP(timezone=True, precision=0), pg.TIME(precision=2),
    pg.TIME(timezone=True, precision=4), pg.TSQUERY(), pg.TSVECTOR(), pg.UUID(), pg.UUID(as_uuid=True), mood,
    pg.ENUM(Mood, name="pg_class_mood"), pg.DOUBLE_PRECISION(), pg.REAL(), pg.FLOAT(24), pg.CHAR(4), pg.VARCHAR(collation="C"),
    pg.DOMAIN("positive", sa.Integer, check="VALUE > 0"), sa.Text().with_variant(pg.JSONB(), "postgresql"),
], "own_type")

Table(
    "own_defaults", metadata, Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    default("array", pg.ARRAY(sa.Integer), "{}"), default("array_", pg.ARRAY(sa.Text), sa.text("ARRAY[]::text[]")),
    default("array__", pg.ARRAY(sa.String(9)), sa.text("'{a,b}'")), default("jsonb", pg.JSONB, "{}"),
    default("jsonb_", pg.JSONB, sa.text("'{\"a\": 1}'::jsonb")), default("uuid", pg.UUID, sa.text("gen_random_uuid()")),
    default("uuid_", sa.Uuid, sa.func.gen_random_uuid()), default("enum", mood, "ok"), default("enum_", mood, sa.text("'sad'::pg_mood")),
    default("interval", pg.INTERVAL, "1 day"), default("interval_", sa.Interval, sa.text("interval '2 hours'")),
    default("now", sa.DateTime(timezone=True), sa.text("now()")), default("utc", sa.DateTime, sa.text("(now() at time zone 'utc')")),
    default("clock", sa.DateTime(timezone=True), sa.text("timezone('utc', now())")), default("inet", pg.INET, "127.0.0.1"),
    default("bit", pg.BIT(3), sa.text("B'101'")), default("cast_", sa.Integer, sa.text("'5'::integer")),
    default("text_", sa.Text, sa.text("'x'::text")), default("varchar", sa.String(9), sa.text("'x'::character varying")),
    default("date", sa.Date, sa.text("CURRENT_DATE")), default("date_", sa.Date, sa.text("'2020-01-01'::date")),
    default("real", sa.REAL, sa.text("0")), default("double", sa.Double, sa.text("0.1")), default("money", pg.MONEY, sa.text("0")),
    default("upper_now", sa.DateTime, sa.text("NOW()")), default("random", sa.Float, sa.text("random()")),
    default("user_", sa.String, sa.text("current_user")), default("range", pg.INT4RANGE, "[1,5)"), default("char_", sa.CHAR(3), "abc"),
)
for number, options in enumerate([
        {"always": True}, {"start": 5}, {"increment": 2, "start": 10, "minvalue": 1, "maxvalue": 1000, "cycle": True, "cache": 7},
        {"start": -1, "increment": -1}, {"nominvalue": True}, {}]):
    for kind in (sa.Integer, sa.BigInteger, sa.SmallInteger):
        Table(f"identity_{number}_{kind.__name__.lower()}", metadata, Column("id", kind, sa.Identity(**options), primary_key=True))
Table("sequence", metadata, Column("id", sa.Integer, sa.Sequence("own_seq", start=3), primary_key=True))
Table("serial_", metadata, Column("id", sa.BigInteger, primary_key=True), Column("n", sa.SmallInteger, autoincrement=False))
Table("Mixed Name", metadata, Column("Id", sa.Integer, primary_key=True), Column("Ref", sa.ForeignKey("Mixed Name.Id")),
      comment="a remark")

own = Table(
    "own_indexes", metadata, Column("id", sa.Integer, primary_key=True), Column("a", sa.Integer), Column("b", sa.Text),
    Column("tags", pg.ARRAY(sa.Text)), Column("data", pg.JSONB), Column("vector", pg.TSVECTOR), Column("during", pg.TSRANGE),
    sa.Index("own_gin", "tags", postgresql_using="gin"), sa.Index("own_ops", "data", postgresql_using="gin",
                                                                   postgresql_ops={"data": "jsonb_path_ops"}),
    sa.Index("own_include", "a", postgresql_include=["b"]), sa.Index("own_with", "a", postgresql_with={"fillfactor": 50}),
    sa.Index("own_pattern", "b", postgresql_ops={"b": "text_pattern_ops"}), sa.Index("own_hash", "b", postgresql_using="hash"),
    sa.Index("own_nulls", "a", unique=True, postgresql_nulls_not_distinct=True), sa.Index("own_brin", "a", postgresql_using="brin"),
    sa.UniqueConstraint("a", "b", name="own_uq", postgresql_nulls_not_distinct=True, deferrable=True, initially="DEFERRED"),
    pg.ExcludeConstraint(("during", "&&"), using="gist", name="own_exclude"),
    pg.ExcludeConstraint((sa.column("during"), "&&"), using="gist", where=sa.text("a > 1")),
    sa.CheckConstraint("tags <> '{}'"), sa.CheckConstraint("b ~ '^[a-z]+$'"), sa.CheckConstraint("b = ANY (ARRAY['x', 'y'])"),
    sa.CheckConstraint("data ? 'key'"), 
    sa.CheckConstraint("b::varchar(9) <> ''"), sa.CheckConstraint("char_length(b) <= 5"), sa.CheckConstraint("b not in ('q', 'r')"),
)
sa.Index("own_lower", sa.func.lower(own.c.b), postgresql_ops={"lower": "text_pattern_ops"})
sa.Index("own_order", own.c.a.desc().nulls_last(), own.c.b)
sa.Index("own_json", own.c.data["key"].astext)
sa.Index("own_cast", sa.cast(own.c.b, sa.String(9)))
sa.Index("own_vector", sa.func.to_tsvector(sa.text("'english'"), own.c.b), postgresql_using="gin")
sa.Index("own_where", own.c.id, unique=True, postgresql_where=own.c.b.in_(["x", "y"]))
sa.Index("own_where_true", own.c.id, postgresql_where=own.c.a.is_(None))
Table("own_generated", metadata, Column("id", sa.Integer, primary_key=True), Column("b", sa.Text), Column("n", sa.Numeric),
      Column("vector", pg.TSVECTOR, sa.Computed("to_tsvector('english', coalesce(b, ''))", persisted=True)),
      Column("half", sa.Numeric(9, 2), sa.Computed("n / 2", persisted=True)))
