#!/usr/bin/env python3
"""Measures retort beside Alembic, the sqlite3 shell and psql in one run and prints ratios.

usage: run.py --retort PROGRAM --oracle PYTHON [--json FILE] [--quick] [--only REGEX]
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "tests" / "support"))
import postgresql  # noqa: E402
from measure import Rows, measure, once  # noqa: E402
from projects import (ENV_POSTGRESQL, INI_POSTGRESQL, READS, ROW_BY_ROW, UPDATES, make_data_step, make_history,  # noqa: E402
                      make_models)

CREATE_ALL = """import sys
from sqlalchemy import create_engine
from models import Base
engine = create_engine(sys.argv[1])
for table in Base.metadata.sorted_tables:  # a transaction each: a server has not the locks for all of them in one
    table.create(engine)
"""


class Bench:
    """The two programs, a folder to work in, and the rows."""

    def __init__(self, options, scratch, rows):
        self.retort = [str(pathlib.Path(options.retort).resolve())]
        self.python = str(pathlib.Path(options.oracle).absolute())
        self.alembic = [str(pathlib.Path(self.python).parent / "alembic")]
        self.quick = options.quick
        self.times = 1 if options.quick else 7
        self.scratch = scratch
        self.rows = rows

    def history(self):
        """Reading commands and `upgrade head` of 1,000 revisions on SQLite."""
        thousand = once(lambda: make_history(self.scratch / "thousand", 1000))
        ten_thousand = once(lambda: make_history(self.scratch / "ten_thousand", 10000))

        @once
        def upgraded():
            subprocess.run([*self.retort, "upgrade", "head"], cwd=thousand(), check=True, capture_output=True)
            return thousand()

        for command in ("current", "heads", "history"):
            self.rows.add(f"`{command}`, 1,000 revisions, against Alembic",
                          lambda: measure([*self.retort, command], upgraded(), self.times * 3),
                          lambda: measure([*self.alembic, command], upgraded(), self.times), ">= 30")
        for command in ("heads", "history"):
            self.rows.add(f"`{command}`, 10,000 revisions, against 1,000",
                          lambda: measure([*self.retort, command], ten_thousand(), self.times),
                          lambda: measure([*self.retort, command], thousand(), self.times), "< 100 ms, about 10",
                          slower=True)

        @once
        def as_sql():
            sql = subprocess.run([*self.retort, "upgrade", "head", "--sql"], cwd=thousand(), check=True,
                                 capture_output=True, text=True).stdout
            (thousand() / "all.sql").write_text("BEGIN;\n" + sql + "COMMIT;\n")
            return thousand()

        fresh = lambda: (thousand() / "bench.db").unlink(missing_ok=True)
        ours = once(lambda: measure([*self.retort, "upgrade", "head"], thousand(), self.times, fresh))
        work = "`upgrade head`, 1,000 create-table revisions, against "
        self.rows.add(work + "the sqlite3 shell", ours,
                      lambda: measure(["sqlite3", "bench.db", ".read all.sql"], as_sql(), self.times, fresh),
                      "<= 1.3", slower=True)
        self.rows.add(work + "Alembic", ours,
                      lambda: measure([*self.alembic, "upgrade", "head"], thousand(), 1, fresh), "")

    def history_postgresql(self, state):
        """`upgrade head` of 1,000 revisions against Alembic and psql with the same SQL."""
        times = 1 if self.quick else 3

        def fresh():
            os.environ["DATABASE_URL"] = postgresql.new_database(state())

        @once
        def project():
            folder = make_history(self.scratch / "postgresql", 1000, INI_POSTGRESQL, ENV_POSTGRESQL)
            fresh()
            sql = subprocess.run([*self.retort, "upgrade", "head", "--sql"], cwd=folder, check=True,
                                 capture_output=True, text=True).stdout
            (folder / "all.sql").write_text(sql)
            return folder

        ours = once(lambda: measure([*self.retort, "upgrade", "head"], project(), times, fresh))
        psql = 'psql -X -q -v ON_ERROR_STOP=1 -d "$DATABASE_URL" -f all.sql'
        work = "`upgrade head`, 1,000 create-table revisions, PostgreSQL, against "
        self.rows.add(work + "psql", ours, lambda: measure(["bash", "-c", psql], project(), times, fresh), "<= 1.2",
                      slower=True)
        self.rows.add(work + "Alembic", ours,
                      lambda: measure([*self.alembic, "upgrade", "head"], project(), times, fresh), "")

    def data(self):
        """Work on the rows of a table."""
        count = 100_000 if self.quick else 1_000_000
        update = self.scratch / "update"
        fill_update = once(lambda: make_data_step(update, "update", UPDATES, count))
        batches = "".join(f"UPDATE big SET n = n + 1, name = upper(name) WHERE id > {a} AND id <= {a + 10000};\n"
                          for a in range(0, count, 10000))

        def shell():
            fill_update()
            (update / "all.sql").write_text("BEGIN;\n" + batches + "COMMIT;\n")
            return measure(["sqlite3", "bench.db", ".read all.sql"], update, self.times, fill_update())

        self.rows.add(f"{count:,} rows updated in batches, against the sqlite3 shell",
                      lambda: measure([*self.retort, "upgrade", "head"], update, self.times, fill_update()), shell,
                      "<= 1.2", slower=True)
        for name, what, body, rows, times in (
                ("read", "read in a loop", READS, count, self.times),
                ("row_by_row", "fetched, then updated one by one", ROW_BY_ROW, count // 5, 1)):
            folder = self.scratch / name
            fill = once(lambda folder=folder, name=name, body=body, rows=rows:
                        make_data_step(folder, name, body, rows))
            ours, theirs = (lambda program=program, folder=folder, fill=fill, times=times:
                            measure([*program, "upgrade", "head"], folder, times, fill())
                            for program in (self.retort, self.alembic))
            self.rows.add(f"{rows:,} rows {what}, against Alembic", ours, theirs, ">= 3")

    def compare(self, work, make, times):
        """A comparison of models with their database that finds nothing, as `check` and as a revision."""

        def forget(folder):
            for file in (folder / "alembic" / "versions").glob("*.py"):
                file.unlink()

        for command in (["check"], ["revision", "--autogenerate", "-m", "nothing"]):
            def run(program, times, command=command):
                folder = make()
                try:
                    return measure([*program, *command], folder, times, lambda: forget(folder))
                finally:
                    forget(folder)

            self.rows.add(f"`{' '.join(command[:2])}` without a change, {work}, against Alembic",
                          lambda: run(self.retort, times), lambda: run(self.alembic, 1), ">= 20")

    def create_all(self, folder, url):
        subprocess.run([self.python, "-c", CREATE_ALL, url], cwd=folder, check=True)
        return folder

    def autogenerate(self):
        for count in (100, 1000, 5000):
            make = once(lambda: self.create_all(make_models(self.scratch / f"models_{count}", count),
                                                "sqlite:///bench.db"))
            self.compare(f"{count:,} tables", make, self.times if count < 5000 else 1 if self.quick else 3)

    def autogenerate_postgresql(self, state):
        @once
        def make():
            folder = make_models(self.scratch / "models_postgresql", 1000, INI_POSTGRESQL, ENV_POSTGRESQL)
            os.environ["DATABASE_URL"] = postgresql.new_database(state())
            return self.create_all(folder, os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg2:"))

        self.compare("1,000 tables, PostgreSQL", make, 1 if self.quick else 3)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--retort", required=True)
    options.add_argument("--oracle", required=True)
    options.add_argument("--json")
    options.add_argument("--quick", action="store_true", help="one run of each")
    options.add_argument("--only", default="", metavar="REGEX", help="the rows whose work matches, and no others")
    options = options.parse_args()
    rows = Rows(options.only)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        bench = Bench(options, scratch, rows)
        state_file = scratch / "server.json"

        @once
        def state():
            postgresql.start(state_file)
            return postgresql.read_state(state_file)

        try:
            bench.history()
            bench.history_postgresql(state)
            bench.data()
            bench.autogenerate()
            bench.autogenerate_postgresql(state)
        finally:
            postgresql.stop(state_file)
    rows.print()
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows.rows, indent=2))


main()
