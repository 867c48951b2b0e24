"""Makes random cases for record_operations.py: python random_cases.py COUNT SEED > recorded/x.txt.

For finding differences by hand: record the file, run retort_ddl_test, then delete the file. What is
left over are the choices of docs/design/ddl.md and the order in which Alembic takes the constraints
of one added column, which is that of a Python set.
"""
import random
import sys

TYPES = """sa.Integer() sa.String(20) sa.Text() sa.Boolean() sa.DateTime() sa.DateTime(timezone=True)
sa.Numeric(10,2) sa.Float() sa.BigInteger() sa.SmallInteger() sa.JSON() sa.LargeBinary() sa.Uuid()
sa.Date() sa.Time() sa.TIMESTAMP() sa.Enum('a','b',name='e1',create_type=False)
sa.Enum('x',name='e2',native_enum=False,create_constraint=True)
sa.Boolean(create_constraint=True,name='ckb') sa.Boolean(create_constraint=True) sa.Interval()
sa.CHAR(3) sa.VARCHAR(9) sa.Unicode(5) postgresql.UUID() postgresql.TIMESTAMP(precision=3)
mysql.TINYINT(1) sa.String(20).with_variant(sa.Text(),'sqlite','postgresql')""".split()
NAMES = ["id", "a", "b", "Name", "order", "user", "createdAt", "x1", "_h", "desc", "type", "value",
         "größe", "has space", "percent%", "k$"]
DEFAULTS = ["'0'", "''", '"it\'s"', "sa.text('0')", "sa.text('now()')", "sa.func.now()",
            "sa.false()", "sa.true()", "sa.text('CURRENT_TIMESTAMP')", "sa.text(\"'x'\")",
            "sa.text('-5')", "sa.text('1.0')", "sa.func.current_timestamp()",
            "sa.text(\"nextval('s')\")", "sa.text('NULL')", "sa.null()", "sa.text('(a)')",
            "sa.text('a b')", "sa.text('CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP')",
            "sa.literal(3)", "sa.func.coalesce(sa.literal(1), sa.literal('z'))"]
CONVENTIONS = [
    None,
    {"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
     "ck": "ck_%(table_name)s_%(constraint_name)s",
     "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s"},
    {"ix": "%(table_name)s_%(column_0_N_name)s_idx", "uq": "%(table_name)s_%(column_0N_name)s_key",
     "fk": "%(table_name)s_%(column_0_N_name)s_fkey", "pk": "%(table_name)s_pkey"},
]
pick = random.choice


def chance(share, text):
    return [text() if callable(text) else text] if random.random() < share else []


def schema():
    return chance(0.2, lambda: "schema=" + repr(pick(["s", "Big", "my schema"])))


def call(function, *groups):
    return f"{function}({', '.join(part for group in groups for part in group)})"


def foreign_key():
    target = pick(["o.id", "S.o.id", "Other.id"])
    options = pick([[], ["name='fk1'"], ["ondelete='CASCADE'"],
                    ["onupdate='SET NULL'", "deferrable=True", "initially='DEFERRED'"]])
    return call("sa.ForeignKey", [repr(target)], options)


def column(name, key=False):
    computed = chance(0.05, "sa.Computed('a + 1', persisted=True)")
    return call(
        "sa.Column", [repr(name), pick(TYPES)], chance(0.12, foreign_key),
        chance(0.08, "sa.CheckConstraint('x > 0', name='ckc')"), computed,
        [] if computed else chance(0.3, lambda: "server_default=" + pick(DEFAULTS)),
        chance(0.4, lambda: f"nullable={pick([True, False])}"), chance(0.1, "unique=True"),
        chance(0.06, lambda: "comment=" + repr(pick(["c", "o'k", "50%"]))),
        ["primary_key=True"] if key else [])


def some(names):
    return [repr(name) for name in random.sample(names, min(len(names), random.randint(1, 2)))]


def table():
    names = random.sample(NAMES, random.randint(1, 5))
    keys = random.random() < 0.3
    columns = [column(name, keys and index < pick([1, 1, 1, 2]))
               for index, name in enumerate(names)]
    return call(
        "op.create_table", [repr(pick(["t", "Tab", "order", "some table"]))], columns,
        [] if keys else chance(0.5, lambda: call("sa.PrimaryKeyConstraint", some(names),
                                                 chance(0.5, "name='pk1'"))),
        chance(0.25, lambda: call("sa.UniqueConstraint", some(names),
                                  pick([[], ["name='uq1'"], ["name=op.f('uq2')"],
                                        ["name='d'", "deferrable=True"]]))),
        chance(0.25, lambda: call("sa.ForeignKeyConstraint",
                                  [repr([pick(names)]), repr([pick(["o.x", "s.o.x"])])],
                                  chance(0.5, "ondelete='RESTRICT'"))),
        chance(0.2, "sa.CheckConstraint('a > 1', name='ckt')"),
        chance(0.1, "comment='the table'"),
        chance(0.1, "mysql_engine='InnoDB', mysql_charset='utf8mb4'"),
        chance(0.05, "sqlite_autoincrement=True"), schema())


def add_column():
    return call("op.add_column", ["'t'", column(pick(NAMES))], schema())


def alter_column():
    changes = (chance(0.4, lambda: f"nullable={pick([True, False])}")
               + chance(0.4, lambda: "type_=" + pick(TYPES))
               + chance(0.4, lambda: "server_default=" + pick(DEFAULTS + ["None"]))
               + chance(0.2, lambda: "comment=" + pick(["'c'", "None"]))
               + chance(0.2, "new_column_name='New'")
               + chance(0.8, lambda: "existing_type=" + pick(TYPES))
               + chance(0.4, lambda: f"existing_nullable={pick([True, False])}")
               + chance(0.3, lambda: "existing_server_default=" + pick(DEFAULTS))
               + chance(0.1, "existing_comment='old'"))
    return call("op.alter_column", ["'t'", repr(pick(NAMES))], changes, schema())


def index():
    keys = random.sample(NAMES, random.randint(1, 3))
    options = pick([[], ["unique=True"], ["postgresql_using='gin'"], ["mysql_length=5"],
                    ["postgresql_where=sa.text('a > 1')"], ["if_not_exists=True"]])
    name = pick(["'ix1'", "op.f('ix_t_a')", "None", "'Ix 2'"])
    return call("op.create_index", [name, "'t'", repr(keys)], options, schema())


def constraint():
    return pick([
        lambda: call("op.create_unique_constraint",
                     [pick(["'u'", "None"]), "'t'", "['a', 'Name']"], schema()),
        lambda: call("op.create_foreign_key",
                     [pick(["'f'", "None", "op.f('f')"]), "'t'", "'o'", "['a']", "['id']"],
                     chance(0.5, "ondelete='CASCADE'"),
                     chance(0.3, "source_schema='s', referent_schema='r'")),
        lambda: call("op.create_check_constraint",
                     [pick(["'c'", "op.f('c')"]), "'t'", "'a > 0'"], schema()),
        lambda: call("op.create_primary_key", [pick(["'p'", "None"]), "'t'", "['a']"], schema()),
        lambda: call("op.drop_constraint", ["'x'", "'t'"],
                     ["type_=" + repr(pick(["unique", "foreignkey", "check", "primary"]))],
                     schema()),
        lambda: call("op.drop_index", ["'ix'", "table_name='t'"], schema()),
    ])()


random.seed(int(sys.argv[2]))
for number in range(int(sys.argv[1])):
    print(f"=== random {number}")
    if convention := pick(CONVENTIONS):
        print("convention =", convention)
    print(pick([table] * 5 + [add_column] * 2 + [alter_column] * 2 + [index, constraint])())
