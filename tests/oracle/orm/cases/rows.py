"""Rows of results: attributes, keys, methods, and what comes from a long result while others run."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeDecorator

LONG = 12_000  # more rows than are read ahead
numbers = sa.table("numbers", sa.column("id", sa.Integer), sa.column("name", sa.String), sa.column("half", sa.Float),
                   sa.column("data", sa.LargeBinary))


class Counted(TypeDecorator):
    """A type whose values ask the database themselves."""
    impl = sa.Integer
    cache_ok = True

    def process_result_value(self, value, dialect):
        return (value, op.get_bind().execute(sa.text("SELECT count(*) FROM numbers WHERE id <= 3")).scalar())


def tell(call):
    try:
        return repr(call())
    except Exception as error:
        return type(error).__name__


def upgrade():
    bind = op.get_bind()
    op.create_table("numbers", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text),
                    sa.Column("half", sa.Float), sa.Column("data", sa.LargeBinary))
    bind.execute(sa.text("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < :n) "
                         "INSERT INTO numbers SELECT i, CASE WHEN i % 5 THEN 'number ' || i || ' of a long name' END, "
                         "i / 2.0, CAST(i AS BLOB) FROM c"), {"n": LONG})

    total = names = nothing = 0
    for row in bind.execute(sa.text("SELECT id, name, half, data FROM numbers ORDER BY id")):
        total += row.id + int(row[2]) + len(row.data)
        if row.name is None:
            nothing += 1
        else:
            names += len(row.name)
    print(total, names, nothing)

    # A statement in the middle of a long result, behind what was read ahead.
    seen = []
    for row in bind.execute(sa.text("SELECT id, name FROM numbers ORDER BY id")):
        if row.id in (1, 11_000, LONG - 1):
            bind.execute(sa.text("UPDATE numbers SET name = 'changed' WHERE id = :id"), {"id": row.id})
            seen.append((row.id, row.name))
    print(seen, bind.execute(sa.text("SELECT count(*) FROM numbers WHERE name = 'changed'")).scalar())
    print(sum(bind.execute(sa.select(numbers.c.id).order_by(numbers.c.id)).scalars()))
    counted = sa.select(sa.type_coerce(numbers.c.id, Counted).label("n"), numbers.c.name).order_by(numbers.c.id)
    pairs = [tuple(row) for row in bind.execute(counted)]
    print(len(pairs), pairs[0], pairs[-1])
    first, second = (tuple(row) for row in bind.execute(sa.select(numbers).where(numbers.c.id.in_([1, 5]))))
    print(first, second)

    row = bind.execute(sa.text("SELECT 1 AS id, 'a' AS name, 3 AS count, 4 AS \"index\", 5 AS keys, 6 AS items, 7 AS \"two words\", "
                               "8 AS _mapping, 9 AS _x")).one()
    print(row, row.id, row.name, row[2], row.keys, row.items, row._x, getattr(row, "two words"), row[-1], row[1:3], len(row))
    print(tell(lambda: row.count(3)), tell(lambda: row.index("a")), dict(row._mapping)["count"], row._mapping["index"])
    print(row._fields, row._asdict() == dict(row._mapping), tuple(row) == row, row == tuple(row), hash(row) == hash(tuple(row)))
    print(hasattr(row, "id"), hasattr(row, "nothing"), getattr(row, "nothing", "default"), tell(lambda: row.nothing))
    print(tell(lambda: setattr(row, "id", 2)), tell(lambda: setattr(row, "new", 2)), tell(lambda: delattr(row, "id")))
    print(type(row).__name__, row.id + row[2], [*row], "a" in row)
    named = {"id": row.id, "f": f"{row.id}-{row.name}", "p": "%s" % row.name}
    print(named, sorted([row, (0,)]), row > (0,))

    a, b, *rest = row
    print(a, b, rest)
    twins = bind.execute(sa.text("SELECT 1 AS x, 2 AS x, 3 AS y")).first()
    print(tuple(twins), twins.y)
    result = bind.execute(sa.text("SELECT id, name FROM numbers WHERE id < 4 ORDER BY id"))
    print(list(result.keys()), result.fetchone(), result.fetchmany(1), result.fetchall(), result.fetchone())
    print([r.name for r in bind.execute(sa.text("SELECT id, name FROM numbers WHERE id < 4")).columns("name", "id")])
    print([dict(r) for r in bind.execute(sa.text("SELECT id FROM numbers WHERE id < 3")).mappings()])
    print(tell(lambda: bind.execute(sa.text("SELECT id FROM numbers WHERE id < 3")).one()),
          bind.execute(sa.text("SELECT id FROM numbers WHERE id < 0")).one_or_none(),
          bind.execute(sa.text("SELECT id FROM numbers WHERE id = 3")).scalar_one())
    op.drop_table("numbers")


def downgrade():
    pass
