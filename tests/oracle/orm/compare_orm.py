"""Runs each script of cases/ by retort and by Alembic, each on an SQLite database of its own, and
compares what they print and what the databases hold.

    compare_orm.py RETORT [CASE...]
"""
import difflib
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
INI = "[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = sqlite:///{name}.db\n"
ENV = """
from alembic import context
from sqlalchemy import create_engine

engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
"""


def run(folder, name, command):
    (folder / "alembic.ini").write_text(INI.replace("{name}", name))
    done = subprocess.run(command + ["upgrade", "head"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        return "failed: " + done.stderr[-2000:]
    with sqlite3.connect(folder / (name + ".db")) as database:
        dump = "\n".join(database.iterdump())
    return done.stdout + dump


def main(retort, names):
    failed = 0
    files = [file for file in sorted((HERE / "cases").glob("*.py"))
             if not names or file.stem in names]
    for file in files:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "alembic" / "versions").mkdir(parents=True)
            (folder / "alembic" / "env.py").write_text(ENV)
            (folder / "alembic" / "script.py.mako").write_text("")
            header = "revision = 'a1'\ndown_revision = None\n"
            (folder / "alembic" / "versions" / "a1_case.py").write_text(file.read_text() + header)
            ours = run(folder, "ours", [retort])
            theirs = run(folder, "theirs", [sys.executable, "-m", "alembic"])
        if ours != theirs:
            failed += 1
            print(file.stem + " differs")
            print("\n".join(difflib.unified_diff(theirs.splitlines(), ours.splitlines(), "SQLAlchemy", "retort",
                                                 lineterm="")))
    print("%d of %d equal" % (len(files) - failed, len(files)))
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2:]))
