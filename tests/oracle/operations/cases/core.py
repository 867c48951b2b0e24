### select: both call styles and parts
# offline only
t = sa.table("child", sa.column("id", sa.Integer), sa.column("note", sa.String), sa.column("flag", sa.Boolean))
op.execute(sa.select(t.c.id, t.c.note).where(t.c.id > 1, t.c.note != "x").order_by(t.c.id.desc(), t.c.note).limit(5).offset(2))
op.execute(sa.select(t).distinct().group_by(t.c.note).having(sa.func.count(t.c.id) > 1))
op.execute(sa.select(sa.func.count()).select_from(t).where(sa.or_(t.c.flag.is_(True), t.c.flag.is_not(None))))
op.execute(sa.select(t.c.id.label("a"), (t.c.id + 1).label("b"), sa.literal_column("1").label("c")).order_by("a"))
op.execute(sa.select(t.c.id).with_for_update())
op.execute(sa.select(t.c.id).with_for_update(skip_locked=True))
### select: joins, subqueries, CTEs
# offline only
p = sa.table("parent", sa.column("id"), sa.column("name"))
c = sa.table("child", sa.column("id"), sa.column("parent_id"), sa.column("note"))
op.execute(sa.select(p.c.name, c.c.note).join(c, p.c.id == c.c.parent_id))
op.execute(sa.select(p.c.name).select_from(p.outerjoin(c, p.c.id == c.c.parent_id)).where(c.c.id.is_(None)))
sub = sa.select(c.c.parent_id, sa.func.count().label("n")).group_by(c.c.parent_id).subquery()
op.execute(sa.select(p.c.name, sub.c.n).join(sub, sub.c.parent_id == p.c.id))
cte = sa.select(c.c.parent_id).where(c.c.note.is_not(None)).cte("noted")
op.execute(sa.select(p.c.name).where(p.c.id.in_(sa.select(cte.c.parent_id))))
a1, a2 = p.alias("a1"), p.alias()
op.execute(sa.select(a1.c.id, a2.c.name).where(a1.c.id == a2.c.id))
op.execute(sa.select(p.c.id).union(sa.select(c.c.id)).order_by("id"))
op.execute(sa.select(p.c.id).union_all(sa.select(c.c.id), sa.select(c.c.parent_id)))
op.execute(sa.select(p.c.id).where(sa.exists(sa.select(c.c.id).where(c.c.parent_id == p.c.id))))
op.execute(sa.select(p.c.id).except_(sa.select(c.c.id)))
### select: recursive CTE
# offline only
c = sa.table("child", sa.column("id"), sa.column("parent_id"))
tree = sa.select(c.c.id, c.c.parent_id).where(c.c.parent_id.is_(None)).cte("tree", recursive=True)
below = c.alias("below")
tree = tree.union_all(sa.select(below.c.id, below.c.parent_id).where(below.c.parent_id == tree.c.id))
op.execute(sa.select(tree))
### window functions
# offline only
t = sa.table("child", sa.column("id"), sa.column("note"), sa.column("parent_id"))
op.execute(sa.select(t.c.id, sa.func.row_number().over(partition_by=t.c.parent_id, order_by=t.c.id.desc()).label("rn")))
ranked = sa.select(t.c.id, sa.func.rank().over(order_by=[t.c.note, t.c.id]).label("r")).subquery("ranked")
op.execute(sa.delete(t).where(t.c.id.in_(sa.select(ranked.c.id).where(ranked.c.r > 1))))
op.execute(sa.select(sa.func.sum(t.c.id).over(order_by=t.c.id, rows=(None, 0)), sa.func.lag(t.c.id, 1).over()))
op.execute(sa.select(sa.func.sum(t.c.id).filter(t.c.note == "a")))
### operators
# offline only
# differs on mysql: SQLAlchemy leaves a %s in IS DISTINCT FROM
t = sa.table("child", sa.column("id", sa.Integer), sa.column("note", sa.String), sa.column("size", sa.Numeric))
for condition in [t.c.id.between(1, 3), ~t.c.id.between(1, 3), t.c.note.like("a%"), t.c.note.not_like("a_"),
                  t.c.note.startswith("x"), t.c.note.endswith("y"), t.c.note.contains("z"), t.c.note.contains("5%", autoescape=True),
                  t.c.id.in_([]), t.c.id.not_in([1]), t.c.note == None, t.c.note != None, t.c.id % 2 == 0, t.c.id / 2 > 1,
                  t.c.id // 2 > 1, -t.c.id < 0, t.c.note + "x" == "ax", t.c.note.concat("y") == "z", t.c.note.op("~")("^a"),
                  t.c.id.op("&")(3) == 3, t.c.note.collate("C") > "a", sa.and_(t.c.id > 1, sa.or_(t.c.id < 5, t.c.note == "q")),
                  sa.not_(sa.and_(t.c.id > 1, t.c.id < 5)), t.c.note.is_distinct_from("a"), sa.tuple_(t.c.id, t.c.note).in_([(1, "a")]),
                  sa.func.lower(t.c.note) == "a", sa.func.coalesce(t.c.note, t.c.id) != "", sa.true(), sa.and_(True, t.c.id == 1),
                  t.c.note.regexp_match("^a"), t.c.id.bitwise_and(3) > 0, sa.type_coerce(t.c.note, sa.Integer) == 3,
                  sa.cast(t.c.note, sa.Integer) > 3, sa.extract("year", t.c.note) == 2020, sa.func.date(t.c.note) < "2020-01-01"]:
    op.execute(sa.select(t.c.id).where(condition))
### literals
# offline only
import datetime, decimal, uuid
t = sa.table("v", sa.column("a", sa.DateTime), sa.column("b", sa.Date), sa.column("c", sa.Numeric(5, 2)), sa.column("d", sa.Boolean),
             sa.column("e", sa.Uuid), sa.column("f", sa.JSON), sa.column("g", sa.Float), sa.column("h", sa.Enum("x", "y", name="xy")),
             sa.column("i", sa.Time))
op.execute(t.insert().values(a=datetime.datetime(2020, 1, 2, 3, 4, 5), b=datetime.date(2020, 1, 2), c=decimal.Decimal("2.50"), d=True,
                             e=uuid.UUID("12345678123456781234567812345678"), f={"k": ["v", 1, None]}, g=1.5, h="x", i=datetime.time(1, 2, 3)))
op.execute(t.update().values(d=False, c=None).where(t.c.a < datetime.datetime(2020, 1, 1, tzinfo=None)))
op.execute(sa.text("SELECT :a, :b, :c").bindparams(a="it's", b=5, c=None))
op.execute(sa.text("SELECT :ids").bindparams(sa.bindparam("ids", value=[1, 2], expanding=True)))
op.execute(sa.select(sa.literal("x"), sa.literal(3), sa.null(), sa.text("now()"), sa.literal_column("'y'")))
### insert: on conflict of PostgreSQL
# offline only
from sqlalchemy.dialects.postgresql import insert
t = sa.table("parent", sa.column("id"), sa.column("name"))
if op.get_context().dialect.name == "postgresql":
    op.execute(insert(t).values(id=1, name="a").on_conflict_do_nothing())
    op.execute(insert(t).values(id=1, name="a").on_conflict_do_nothing(index_elements=["id"]))
    statement = insert(t).values([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
    op.execute(statement.on_conflict_do_update(index_elements=[t.c.id], set_={"name": statement.excluded.name}))
    op.execute(statement.on_conflict_do_update(constraint="uq_x", set_=dict(name="c"), where=t.c.id > 5))
    op.execute(t.insert().values(id=5).returning(t.c.id))
    op.execute(t.delete().where(t.c.id == 5).returning(t.c.id, t.c.name))
### insert: on conflict of SQLite
# offline only
from sqlalchemy.dialects.sqlite import insert
t = sa.table("parent", sa.column("id"), sa.column("name"))
if op.get_context().dialect.name == "sqlite":
    op.execute(insert(t).values(id=1, name="a").on_conflict_do_nothing())
    statement = insert(t).values(id=1, name="b")
    op.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"name": statement.excluded.name}))
    op.execute(t.insert().prefix_with("OR IGNORE").values(id=1))
### insert: on duplicate key of MySQL
# offline only
from sqlalchemy.dialects.mysql import insert
t = sa.table("parent", sa.column("id"), sa.column("name"))
if op.get_context().dialect.name == "mysql":
    statement = insert(t).values(id=1, name="b")
    op.execute(statement.on_duplicate_key_update(name=statement.inserted.name))
    op.execute(t.insert().prefix_with("IGNORE").values(id=1))
### update and delete over several tables
# offline only
p = sa.table("parent", sa.column("id"), sa.column("name"))
c = sa.table("child", sa.column("id"), sa.column("parent_id"), sa.column("note"))
if op.get_context().dialect.name != "sqlite":
    op.execute(c.update().values(note=p.c.name).where(c.c.parent_id == p.c.id))
    op.execute(c.delete().where(c.c.parent_id == p.c.id).where(p.c.name == "x"))
### JSON and arrays of PostgreSQL
# offline only
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, array, aggregate_order_by, HSTORE, UUID
if op.get_context().dialect.name == "postgresql":
    t = sa.table("j", sa.column("id", sa.Integer), sa.column("d", JSONB), sa.column("a", ARRAY(sa.String)), sa.column("j", sa.JSON))
    for item in [t.c.d["k"], t.c.d["k"].astext, t.c.d[("a", "b")].astext, t.c.d["n"].as_integer(), t.c.d["s"].as_string(),
                 t.c.d.has_key("x"), t.c.d.contains({"a": 1}), t.c.d.op("?")("x"), t.c.d.op("||")(sa.cast({"a": 1}, JSONB)),
                 t.c.a.any("x"), t.c.a.contains(["x"]), t.c.a.overlap(["y"]), t.c.a[1], array(["a", "b"]), t.c.d.is_(None),
                 sa.func.array_agg(aggregate_order_by(t.c.id, t.c.id.desc())), sa.func.jsonb_set(t.c.d, "{a}", "1"),
                 sa.cast(t.c.j, JSONB), t.c.j["x"]["y"].astext, sa.any_(t.c.a) == "z", t.c.d - "k", t.c.d.path_exists("$.a")]:
        op.execute(sa.select(item))
    op.execute(t.update().values(d={"a": [1, "b"]}, a=["x", "y'z"], j=None))
    op.execute(t.update().values(d=sa.func.jsonb_build_object("k", t.c.id)))
### tables with types
# offline only
meta = sa.MetaData()
users = sa.Table("users", meta, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20), default="nobody"),
                 sa.Column("made", sa.DateTime, server_default=sa.func.now()))
op.execute(users.insert().values(name="x"))
op.execute(users.update().where(users.c.id == sa.bindparam("which", 3)).values(name=sa.func.upper(users.c.name)))
op.execute(sa.select(users).where(users.c.name.in_(["a", "b"])))
op.execute(sa.select(sa.func.max(users.c.id)).scalar_subquery())
### the context behind op
op.execute("SELECT '%s'" % op._proxy.migration_context.dialect.name)
### functions of several columns, with their ordinal
# offline only
if op.get_context().dialect.name == "postgresql":
    words = sa.func.unnest(sa.literal_column("array['a','b']")).table_valued("word", with_ordinality="place", name="words")
    op.execute(sa.select(words.c.word, words.c.place).order_by(words.c.place))
    op.execute(sa.select(words.render_derived()))
    numbers = sa.func.generate_series(1, 3).table_valued("n", with_ordinality="o").render_derived()
    op.execute(sa.select((numbers.c.n + numbers.c.o).label("sum")))
    op.execute(sa.select(sa.func.json_each("{}").table_valued("key", "value", name="k").render_derived(name="m")))
