### execute: text
op.execute("UPDATE child SET note = 'a:b' WHERE id = 1")
op.execute(sa.text("UPDATE child SET note = 'x\\:y'"))
### execute: bound parameters
op.execute(sa.text("UPDATE child SET note = :note WHERE id = :id").bindparams(note="it's", id=2))
### execute: update
t = sa.table("child", sa.column("id", sa.Integer), sa.column("note", sa.String))
op.execute(t.update().where(t.c.id == 1).values(note=sa.func.upper(t.c.note)))
op.execute(t.update().values({"note": op.inline_literal("lit")}).where(sa.or_(t.c.id.is_(None), t.c.id.between(1, 2))))
### execute: delete
t = sa.table("child", sa.column("id"), sa.column("note"))
op.execute(t.delete().where(t.c.id.in_([1, 3])))
op.execute(sa.delete(t).where(sa.not_(t.c.note.like("%x%"))))
### execute: insert
t = sa.table("parent", sa.column("id", sa.Integer), sa.column("name", sa.String))
op.execute(t.insert().values(id=7, name="seven"))
op.execute(sa.insert(t).values([{"id": 8, "name": "eight"}, {"id": 9, "name": None}]))
### execute: insert from select
p = sa.table("parent", sa.column("id"), sa.column("name"))
c = sa.table("child", sa.column("id"), sa.column("note"))
op.execute(p.insert().from_select(["id", "name"], sa.select(c.c.id + 100, c.c.note).where(c.c.id > 1)))
### execute: a correlated subquery
p = sa.table("parent", sa.column("id"), sa.column("name"))
c = sa.table("child", sa.column("id"), sa.column("note"), sa.column("parent_id"))
op.execute(c.update().values(note=sa.select(p.c.name).where(p.c.id == c.c.parent_id).scalar_subquery()))
op.execute(c.delete().where(~sa.exists().where(p.c.id == c.c.parent_id)))
### execute: case and cast
c = sa.table("child", sa.column("id"), sa.column("note"))
op.execute(c.update().values(note=sa.case((c.c.id == 1, "one"), (c.c.id == 2, "two"), else_=sa.cast(c.c.id, sa.String(5)))))
### bulk_insert
import datetime
t = sa.table("parent", sa.column("id", sa.Integer), sa.column("name", sa.String))
op.bulk_insert(t, [{"id": 11, "name": "a'b"}, {"id": 12, "name": None}])
op.bulk_insert(t, [{"id": 13, "name": "x"}, {"id": 14, "name": "y"}], multiinsert=False)
op.bulk_insert(t, [])
### bulk_insert: types
import datetime, decimal
t = op.create_table("vals", sa.Column("a", sa.Date), sa.Column("b", sa.DateTime), sa.Column("c", sa.Boolean),
                    sa.Column("d", sa.Numeric(5, 2)), sa.Column("e", sa.JSON), sa.Column("f", sa.Float))
op.bulk_insert(t, [{"a": datetime.date(2020, 1, 2), "b": datetime.datetime(2020, 1, 2, 3, 4, 5, 678), "c": True,
                    "d": decimal.Decimal("1.50"), "e": {"k": [1, None]}, "f": 2.5}])
### execute: several kinds of literal
t = sa.table("child", sa.column("id", sa.Integer), sa.column("note", sa.String))
op.execute(t.update().where(t.c.note == None).values(note=sa.null()))
op.execute(t.update().where(t.c.note != "x").values(note=sa.literal("q") + t.c.note))
op.execute(t.update().where(t.c.note.ilike("A%")).values(note=sa.func.coalesce(t.c.note, "none")))
### execute: insert asks for the key of a table that has one
made = op.create_table("keyed", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
op.execute(made.insert().values(name="a"))
op.execute(made.insert().values(id=7, name="b"))
op.execute(made.insert().values([{"name": "c"}, {"name": "d"}]))
### defaults of a table's columns
# differs on postgresql, mysql, sqlite: what Python gives is printed as NULL by Alembic, as the value by retort
def loud(context):
    return context.get_current_parameters()["name"] + "!"

t = op.create_table("filled", sa.Column("name", sa.String(9)), sa.Column("n", sa.Integer, default=3, onupdate=4),
                    sa.Column("f", sa.String(9), default=lambda: "made", onupdate=sa.func.upper("x")),
                    sa.Column("s", sa.String(9), default=sa.func.lower("S")), sa.Column("c", sa.String(9), default=loud))
op.bulk_insert(t, [{"name": "a"}, {"name": "b", "n": 5}])
op.bulk_insert(t, [{"name": "c", "n": 6}])
op.execute(t.insert().values(name="d"))
op.execute(t.insert().values([{"name": "e"}, {"name": "f"}]))
op.execute(sa.insert(t).from_select(["name", "c"], sa.select(sa.literal("g"), sa.literal("h"))))
op.execute(t.update().where(t.c.name == "a").values(name="aa"))
op.get_bind().execute(t.insert(), [{"name": "i"}, {"name": "j"}])
op.get_bind().execute(t.update().where(t.c.name == sa.bindparam("which")).values(s="z"), {"which": "b"})
### defaults of a table's columns: SQL alone
t = sa.Table("stamped", sa.MetaData(), sa.Column("name", sa.String(9)), sa.Column("s", sa.String(9), default=sa.func.lower("S"), onupdate=sa.text("'u'")))
op.create_table("stamped", sa.Column("name", sa.String(9)), sa.Column("s", sa.String(9)))
op.bulk_insert(t, [{"name": "a"}])
op.execute(t.insert().values(name="d"))
op.execute(t.insert().from_select(["name"], sa.select(sa.literal_column("'e'").label("e")), include_defaults=False))
op.execute(t.update().values(name="f"))
### execute: parameters by keyword
# differs on postgresql, mysql, sqlite: parameters are printed as literals
op.get_bind().execute(sa.text("UPDATE child SET note = :note WHERE id = :id"), parameters={"note": "k", "id": 1})
### the inspector by its class
from sqlalchemy.engine.reflection import Inspector
if not op.get_context().as_sql:
    found = Inspector.from_engine(op.get_bind())
    assert isinstance(found, Inspector) and isinstance(found, sa.Inspector)
    assert "child" in found.get_table_names()
### bulk_insert: what the table has no column for
t = sa.table("parent", sa.column("id", sa.Integer))
op.bulk_insert(t, [{"id": 41, "name": "a"}, {"id": 42}])
op.get_bind().execute(t.insert(), [{"id": 43, "name": "a"}])
### bulk_insert: rows that are statements of their own have their own columns
t = sa.table("parent", sa.column("id", sa.Integer), sa.column("name", sa.String))
op.bulk_insert(t, [{"id": 44}, {"name": "a", "id": 45}, {"id": 46}], multiinsert=False)
if op.get_context().as_sql:
    op.bulk_insert(t, [{"id": 47}, {"name": "b", "id": 48}])
### select: labels of plain values
op.execute(sa.select(sa.literal(1), sa.bindparam("f", 5), sa.null(), 1, 2.5, sa.literal("x")))
c = sa.table("child", sa.column("id"), sa.column("note"))
op.execute(c.delete().where(~sa.select(sa.literal(1)).where(c.c.id == 1).exists()))
op.execute(c.delete().where(sa.exists(sa.select(1).where(c.c.id == 77))))
### values through types of the script's own
import enum
class State(enum.Enum):
    open = "o"
    shut = "s"

class Loud(sa.TypeDecorator):
    impl = sa.String(40)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else value + "!"

    def process_result_value(self, value, dialect):
        return None if value is None else "heard " + value

named = sa.Enum(State, name="named")
valued = sa.Enum(State, name="valued", values_callable=lambda cls: [one.value for one in cls])
op.create_table("own", sa.Column("a", named), sa.Column("b", valued), sa.Column("c", sa.String(40)))
t = sa.table("own", sa.column("a", named), sa.column("b", valued), sa.column("c", Loud))
op.bulk_insert(t, [{"a": State.open, "b": State.shut, "c": "x"}, {"a": "shut", "b": None, "c": None}])
op.execute(t.insert().values(a=State.shut, b=State.open, c="y"))
op.execute(t.update().where(t.c.c.in_(["y", "z"]), t.c.a == State.shut).values(c="w"))
if not op.get_context().as_sql:
    rows = op.get_bind().execute(sa.select(t.c.a, t.c.b, t.c.c).order_by(t.c.c)).all()
    assert all(isinstance(row.a, State) for row in rows), rows
    op.execute(sa.table("own", sa.column("c", sa.String)).insert().values(c=repr(rows)))
### configparser: an option of a section that is not there
import configparser
try:
    configparser.ConfigParser().remove_option("none", "x")
except configparser.NoSectionError as problem:
    op.execute("UPDATE child SET note = '%s'" % str(problem).replace("'", ""))
