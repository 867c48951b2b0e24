#!/usr/bin/env python3
"""The revisions of stories run by Alembic and by retort, each step up and down: what they print and what the database is
afterwards must be the same.

    compare_stories.py --retort PROGRAM --state STATE STORY...

STATE is the file of ../../support/mariadb.py. Stories are those of ../../cli/stories."""
import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "support"))
import mariadb  # noqa: E402

ENV = """import sqlalchemy as sa
from alembic import context
with sa.create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
MOVES = (("upgrade", "+1"), ("upgrade", "head"), ("downgrade", "-1"), ("downgrade", "base"), ("upgrade", "head"))


def schema(state, url):
    text = mariadb.dump(state, url.rpartition("/")[2], "--skip-extended-insert", "--hex-blob")
    # When a row was made is its own.
    return re.sub(r"'20\d\d-\d\d-\d\d \d\d:\d\d:\d\d'", "'NOW'", text)


def answers(command, folder, state):
    url = mariadb.new_database(state)
    (folder / "alembic.ini").write_text(f"[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = {url}\n")
    out = []
    for move in MOVES:
        run = subprocess.run([*command, *move], cwd=folder, text=True, capture_output=True,
                             env={**os.environ, "PYTHONWARNINGS": "ignore"})
        if run.returncode:
            sys.exit(f"{command[-1]} {' '.join(move)} failed:\n{run.stdout}{run.stderr}")
        out += [f"== {' '.join(move)}", *run.stdout.splitlines(), *schema(state, url).splitlines()]
    return out


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--retort", required=True)
    options.add_argument("--state", required=True)
    options.add_argument("stories", nargs="+")
    options = options.parse_args()
    state = mariadb.read_state(options.state)
    failed = []
    for story in options.stories:
        text = (HERE.parents[1] / "cli" / "stories" / f"{story}.txtar").read_text()
        parts = re.split(r"(?m)^-- (\S+) --\n", text)
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            (folder / "alembic" / "versions").mkdir(parents=True)
            (folder / "alembic" / "env.py").write_text(ENV)
            for name, content in zip(parts[1::2], parts[2::2]):
                if name.startswith("alembic/versions/"):
                    (folder / name).write_text(content)
            want = answers([sys.executable, "-m", "alembic"], folder, state)
            got = answers([os.path.abspath(options.retort)], folder, state)
        differences = list(difflib.unified_diff(want, got, f"{story} with Alembic", f"{story} with retort", lineterm=""))
        print(f"{story}: {len(want)} lines {'differ' if differences else 'are the same'}")
        failed += differences
    if failed:
        sys.exit("\n".join(failed))


main()
