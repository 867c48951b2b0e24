"""Random batches by Alembic and by retort on two copies of one database: the same schema and rows.

Only what Alembic keeps is generated; what it loses (unnamed CHECKs, triggers, collations, ...) is
tested on its own. Where Alembic fails and leaves the table broken, retort may do better.
"""

import argparse
import contextlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

TYPES = [("Integer", None), ("String", 20), ("Text", None), ("BigInteger", None), ("String", 5),
         ("DateTime", None), ("Boolean", None), ("Float", None)]
NAMES = ["a", "b", "c d", "Select", "e"]
CONVENTION = {"uq": "uq_%(table_name)s_%(column_0_name)s",
              "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
              "pk": "pk_%(table_name)s"}


def make_type(name, length):
    return getattr(sa, name)(length) if length else getattr(sa, name)()


def json_type(name, length):
    return {"name": name, "length": length} if length else {"name": name}


def make_database(rng, path):
    """Fills a new database; returns what a batch may name."""
    metadata = sa.MetaData()
    sa.Table("p", metadata, sa.Column("id", sa.Integer, primary_key=True))
    names = NAMES[: rng.randint(2, len(NAMES))]
    columns = []
    keyed = rng.random() < 0.7
    if keyed:
        columns.append(sa.Column("id", sa.Integer, primary_key=True))
    for name in names:
        default = rng.choice([None, None, "7", sa.text("(1 + 1)")])
        columns.append(sa.Column(name, make_type(*rng.choice(TYPES[:5])),
                                 nullable=rng.random() < 0.6, server_default=default))
    known = {"columns": names, "constraints": [], "indexes": [], "keyed": keyed}
    table = sa.Table("t", metadata, *columns)
    if rng.random() < 0.4:
        table.append_constraint(sa.UniqueConstraint(names[0], names[-1], name="uq_old"))
        known["constraints"].append(("uq_old", "unique"))
    if rng.random() < 0.4:
        named = rng.random() < 0.5
        table.append_constraint(sa.ForeignKeyConstraint([names[0]], ["p.id"],
                                                        name="fk_old" if named else None,
                                                        ondelete=rng.choice([None, "CASCADE"])))
        if named:
            known["constraints"].append(("fk_old", "foreignkey"))
    if rng.random() < 0.3:
        table.append_constraint(sa.CheckConstraint("1 < 2", name="ck_old"))
        known["constraints"].append(("ck_old", "check"))
    if rng.random() < 0.5:
        columns = rng.sample(names, rng.randint(1, 2))
        sa.Index("ix_old", *[table.c[name] for name in columns], unique=rng.random() < 0.3)
        known["indexes"].append(("ix_old", columns))
    engine = sa.create_engine("sqlite:///" + path)
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql("INSERT INTO p VALUES (1), (2), (3)")
        for row in range(rng.randint(0, 4)):
            quoted = ", ".join('"%s"' % name for name in names)
            connection.exec_driver_sql("INSERT OR IGNORE INTO t (%s) VALUES (%s)" % (
                quoted, ", ".join(str(row % 3 + 1) for _ in names)))
    engine.dispose()
    return known


def make_batch(rng, known):
    names = list(known["columns"])
    free = list(names)
    out = []
    partial = []
    if rng.random() < 0.15 and len(names) > 1:
        partial = [rng.sample(names, 2)]
    for number in range(rng.randint(1, 4)):
        kind = rng.choice(["drop_column", "add_column", "alter_column", "alter_column",
                           "drop_constraint", "create_index", "drop_index", "constraint"])
        if kind in ("drop_column", "alter_column") and len(free) > 1:
            column = free.pop(rng.randrange(len(free)))
            if kind == "drop_column":
                # Alembic loses the place of a column that was added behind one that goes.
                if any(one["op"] == "add_column" for one in out):
                    continue
                indexed = any(column in columns for _, columns in known["indexes"])
                if indexed or any(column in one for one in partial):
                    continue
                out.append({"op": kind, "column": column})
                names.remove(column)
                continue
            value = {"op": kind, "column": column}
            for part in rng.sample(["new_name", "type", "nullable", "default"], rng.randint(1, 2)):
                if part == "new_name":
                    value[part] = "n_%d" % number
                elif part == "type":
                    value[part] = json_type(*rng.choice(TYPES))
                elif part == "nullable":
                    value[part] = rng.random() < 0.5
                else:
                    value[part] = rng.choice([None, "5", "x'y"])
            out.append(value)
        elif kind == "add_column":
            value = {"op": kind, "column": "x%d" % number, "nullable": rng.random() < 0.7,
                     "type": json_type(*rng.choice(TYPES)), "default": "3"}
            beside = rng.choice(names)
            if rng.random() < 0.5 and not any(one["op"] == "drop_column" for one in out):
                value[rng.choice(["insert_before", "insert_after"])] = beside
                if beside in free and len(free) > 1:
                    free.remove(beside)
            out.append(value)
        elif kind == "drop_constraint" and known["constraints"]:
            name, type_ = known["constraints"].pop()
            out.append({"op": kind, "name": name, "type": type_})
        elif kind == "drop_index" and known["indexes"]:
            name, _ = known["indexes"].pop()
            out.append({"op": kind, "name": name})
        elif kind == "create_index":
            stable = [name for name in names if name in free]
            if stable:
                out.append({"op": kind, "name": "ix_%d" % number, "unique": False,
                            "columns": [rng.choice(stable)]})
                free = [name for name in free if name not in out[-1]["columns"]] or free[:1]
        elif kind == "constraint":
            column = rng.choice(names)
            # SQLAlchemy reflects one key for two that are on one column.
            if column == known["columns"][0]:
                continue
            out.append(rng.choice([
                {"op": "create_unique_constraint", "name": "uq_%d" % number, "columns": [column]},
                {"op": "create_check_constraint", "name": "ck_%d" % number, "condition": "2 < 3"},
                {"op": "create_foreign_key", "name": "fk_%d" % number, "columns": [column],
                 "referred": "p", "referred_columns": ["id"], "ondelete": "SET NULL"},
            ]))
            if column in free and len(free) > 1:
                free.remove(column)
    return {"operations": out, "partial_reordering": partial, "always": True,
            "naming_convention": CONVENTION if rng.random() < 0.2 else {}}


def run_alembic(path, batch):
    engine = sa.create_engine("sqlite:///" + path)
    with engine.connect() as connection, connection.begin():
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table(
            "t", recreate="always", partial_reordering=batch["partial_reordering"],
            naming_convention=batch["naming_convention"] or None,
        ) as op:
            for value in batch["operations"]:
                apply(op, dict(value))
    engine.dispose()


def apply(op, value):
    kind = value.pop("op")
    if "type" in value and isinstance(value["type"], dict):
        value["type"] = make_type(value["type"]["name"], value["type"].get("length"))
    if kind == "drop_column":
        op.drop_column(value["column"])
    elif kind == "add_column":
        place = {key: value[key] for key in ("insert_before", "insert_after") if key in value}
        op.add_column(sa.Column(value["column"], value["type"], nullable=value["nullable"],
                                server_default=value["default"]), **place)
    elif kind == "alter_column":
        kw = {}
        for key, name in (("new_name", "new_column_name"), ("type", "type_"),
                          ("nullable", "nullable"), ("default", "server_default")):
            if key in value:
                kw[name] = value[key]
        op.alter_column(value["column"], **kw)
    elif kind == "drop_constraint":
        op.drop_constraint(value["name"], type_=value["type"])
    elif kind == "drop_index":
        op.drop_index(value["name"])
    elif kind == "create_index":
        op.create_index(value["name"], value["columns"], unique=value["unique"])
    elif kind == "create_unique_constraint":
        op.create_unique_constraint(value["name"], value["columns"])
    elif kind == "create_check_constraint":
        op.create_check_constraint(value["name"], sa.text(value["condition"]))
    elif kind == "create_foreign_key":
        op.create_foreign_key(value["name"], value["referred"], value["columns"],
                              value["referred_columns"], ondelete=value["ondelete"])


def describe(path):
    engine = sa.create_engine("sqlite:///" + path)
    inspector = sa.inspect(engine)
    out = {
        "columns": [(c["name"], str(c["type"]), c["nullable"], str(c["default"]).strip("()"))
                    for c in inspector.get_columns("t")],
        "pk": inspector.get_pk_constraint("t")["constrained_columns"],
        "fks": sorted(str(f) for f in inspector.get_foreign_keys("t")),
        "uniques": sorted(str(u) for u in inspector.get_unique_constraints("t")),
        "checks": sorted(str(c) for c in inspector.get_check_constraints("t")),
        "indexes": sorted(str(i) for i in inspector.get_indexes("t")),
    }
    engine.dispose()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        out["rows"] = sorted(map(repr, connection.execute("SELECT * FROM t")))
        out["check"] = connection.execute("PRAGMA integrity_check").fetchall()
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", required=True)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    driver = subprocess.Popen([options.driver], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True)
    wrong = both_refused = better = compared = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in range(options.cases):
            rng = random.Random(options.seed * 1000003 + case)
            theirs = os.path.join(folder, "theirs%d.db" % case)
            ours = os.path.join(folder, "ours%d.db" % case)
            known = make_database(rng, theirs)
            with open(theirs, "rb") as source, open(ours, "wb") as target:
                target.write(source.read())
            batch = make_batch(rng, known)
            if not batch["operations"]:
                continue
            driver.stdin.write(json.dumps(dict(batch, db=ours)) + "\n")
            driver.stdin.flush()
            answer = driver.stdout.readline().strip()
            try:
                run_alembic(theirs, batch)
                refused = None
            except Exception as error:  # whatever a script would have met
                refused = "%s: %s" % (type(error).__name__, str(error).splitlines()[0])
            if refused:
                both_refused += answer != "ok"
                better += answer == "ok"
            elif answer != "ok":
                wrong += 1
                print("case %d: Alembic did it, retort: %s\n  %s" % (case, answer, batch))
            else:
                compared += 1
                left, right = describe(theirs), describe(ours)
                for key in left:
                    if left[key] != right[key]:
                        wrong += 1
                        print("case %d: %s differ\n  Alembic %s\n  retort  %s\n  %s" % (
                            case, key, left[key], right[key], batch))
            os.unlink(theirs)
            os.unlink(ours)
    driver.stdin.close()
    driver.wait()
    print("%d compared, %d refused by both, %d by Alembic alone, %d wrong" % (
        compared, both_refused, better, wrong))
    return 1 if wrong or compared < options.cases // 3 else 0


if __name__ == "__main__":
    sys.exit(main())
