"""Every directive of op and batch_op by Alembic and by retort: the same SQL on paper for PostgreSQL,
MySQL and SQLite, and on a prepared SQLite file the same schema and rows.

The cases are chunks of cases/*.py. A first line `# offline only` says that SQLite or Alembic on SQLite
can't run it; `# differs on X, Y: reason` that retort differs there on purpose (the reason is also in
docs/differences-from-alembic.md). A case that is said to differ and doesn't is an error, too.
"""

import argparse
import io
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.dialects import mysql, postgresql, sqlite

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "compatibility"))
import snapshot  # noqa: E402
from sqltext import normal  # noqa: E402

DIALECTS = ("postgresql", "mysql", "sqlite")
HEAD = """from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql, sqlite

revision = "a1"
down_revision = None


def upgrade():
"""
PREPARED = """
CREATE TABLE parent (id INTEGER NOT NULL, name VARCHAR(20), PRIMARY KEY (id));
CREATE TABLE child (id INTEGER NOT NULL, parent_id INTEGER, note TEXT, flag INTEGER, PRIMARY KEY (id),
    CONSTRAINT fk_old FOREIGN KEY(parent_id) REFERENCES parent (id), CONSTRAINT uq_old UNIQUE (flag));
CREATE INDEX ix_child_note ON child (note);
CREATE TABLE loose (a INTEGER NOT NULL, b TEXT);
INSERT INTO parent VALUES (1, 'mother'), (2, NULL);
INSERT INTO child VALUES (1, 1, 'n1', 1), (2, 1, 'n2', 0), (3, 2, 'axb', NULL);
INSERT INTO loose VALUES (1, 'one');
"""


class Case:
    def __init__(self, source, name, text):
        self.name = "%s: %s" % (source, name)
        self.text = text
        self.online = not re.search(r"^# offline only", text, re.M)
        differs = re.search(r"^# differs on ([^:]*):", text, re.M)
        self.differs = differs.group(1).split(", ") if differs else []

    def script(self):
        return HEAD + "".join("    " + line + "\n" for line in self.text.splitlines())


def read_cases():
    for path in sorted((HERE / "cases").glob("*.py")):
        for chunk in re.split(r"^### ", path.read_text(), flags=re.M)[1:]:
            name, _, text = chunk.partition("\n")
            yield Case(path.stem, name, text)


def run_alembic(case, **configure):
    names = {"sa": sa, "mysql": mysql, "postgresql": postgresql, "sqlite": sqlite}
    try:
        context = MigrationContext.configure(**configure)
        with Operations.context(context) as op:
            exec(case.text, names | {"op": op})
        return None
    except Exception as error:
        return "%s: %s" % (type(error).__name__, str(error).splitlines()[0])


def sqlite_takes(sql):
    """Alembic prints for SQLite what SQLite doesn't know (ALTER COLUMN, COMMENT ON, ...): no standard."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(PREPARED + sql)
        return True
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def compare_paper(cases, options, folder):
    jobs, want = [], []
    for number, case in enumerate(cases):
        path = folder / ("case%d.py" % number)
        path.write_text(case.script())
        for dialect in DIALECTS:
            out = io.StringIO()
            error = run_alembic(case, dialect_name=dialect,
                                opts={"as_sql": True, "literal_binds": True, "output_buffer": out})
            want.append((case, dialect, error, out.getvalue()))
            jobs.append({"path": str(path), "direction": "upgrade", "dialect": dialect,
                         "import_paths": [], "project": str(folder)})
    process = subprocess.run([options.driver], text=True, stdout=subprocess.PIPE, check=True,
                             input="".join(json.dumps(job) + "\n" for job in jobs))
    answers = [json.loads(line) for line in process.stdout.splitlines()]
    for (case, dialect, error, sql), answer in zip(want, answers, strict=True):
        if error or (dialect == "sqlite" and not sqlite_takes(sql)):
            # What Alembic can't do, retort may.
            yield case, dialect, None
        elif "error" in answer:
            yield case, dialect, "Alembic:\n%s\nretort: %s" % (sql, answer["text"])
        else:
            equal = normal(sql) == normal(answer["sql"])
            yield case, dialect, None if equal else "Alembic:\n%s\nretort:\n%s" % (sql,
                                                                                 answer["sql"])


def prepare(path):
    connection = sqlite3.connect(path)
    connection.executescript(PREPARED)
    connection.close()


def alembic_online(case, path):
    prepare(path)
    engine = sa.create_engine("sqlite:///%s" % path)
    with engine.begin() as connection:
        error = run_alembic(case, connection=connection)
    engine.dispose()
    return error


def retort_online(case, folder, options):
    """Through the command line, as a project of one revision."""
    prepare(folder / "retort.db")
    (folder / "alembic" / "versions").mkdir(parents=True)
    (folder / "alembic" / "versions" / "a1.py").write_text(case.script())
    (folder / "alembic" / "env.py").write_text((HERE.parent / "compatibility" / "plain_env.py")
                                               .read_text())
    (folder / "alembic.ini").write_text(
        "[alembic]\nscript_location = %(here)s/alembic\npath_separator = newline\n"
        "sqlalchemy.url = sqlite:///%(here)s/retort.db\n")
    process = subprocess.run([options.retort, "-c", str(folder / "alembic.ini"), "upgrade", "head"],
                             capture_output=True, text=True)
    return process.stderr if process.returncode else None


def compare_online(cases, options, folder):
    online = [(case, folder / str(number)) for number, case in enumerate(cases) if case.online]
    for _, home in online:
        home.mkdir()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: retort_online(*one, options), online))
    for (case, home), answer in zip(online, answers):
        error = alembic_online(case, home / "alembic.db")
        if error:
            yield case, "online", None
        elif answer:
            yield case, "online", "Alembic did it\nretort: %s" % answer
        else:
            want = snapshot.take("sqlite:///%s/alembic.db" % home)
            have = snapshot.take("sqlite:///%s/retort.db" % home)
            wrong = [name for name in sorted(want.keys() | have.keys())
                     if want.get(name) != have.get(name)]
            text = "".join("%s\n  Alembic %s\n  retort  %s\n" % (name, want.get(name), have.get(name))
                           for name in wrong)
            yield case, "online", text or None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--driver", required=True)
    parser.add_argument("--retort", required=True)
    parser.add_argument("--only", default="", help="cases whose name has this text")
    options = parser.parse_args()
    cases = [case for case in read_cases() if options.only in case.name]
    failures = checked = 0
    with tempfile.TemporaryDirectory() as scratch:
        paper, online = Path(scratch, "paper"), Path(scratch, "online")
        paper.mkdir()
        online.mkdir()
        for results in (compare_paper(cases, options, paper), compare_online(cases, options, online)):
            for case, where, text in results:
                checked += 1
                listed = where in case.differs
                if bool(text) == listed:
                    continue
                failures += 1
                print("--- %s, %s\n%s\n" % (case.name, where,
                                            text or "said to differ, but it is equal"))
    print("%d comparisons of %d cases, %d failures" % (checked, len(cases), failures))
    sys.exit(1 if failures else 0)


main()
