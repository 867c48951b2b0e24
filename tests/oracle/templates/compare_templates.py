#!/usr/bin/env python3
"""A project's own script.py.mako makes the same file in retort and in Alembic, with template_args of env.py and without."""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

from alembic import command
from alembic.config import Config

INI = """[alembic]
script_location = %(here)s/scripts
prepend_sys_path = .
path_separator = os
sqlalchemy.url = sqlite:///%(here)s/app.db
"""

ENV = """
import sqlalchemy as sa
from alembic import context

metadata = sa.MetaData()
sa.Table("users", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)))

with sa.create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, template_args=%s)
    with context.begin_transaction():
        context.run_migrations()
"""

ARGUMENTS = """{
    "team": " billing & co ", "tickets": ["A-1", "B-2"], "number": 41, "options": {"b": 1, "a": [None, True]},
    "shout": lambda text: text.upper(),
}"""

NO_ARGUMENTS = ARGUMENTS.replace('["A-1", "B-2"]', "[]").replace(" billing & co ", "")


def made(folder, run):
    """The text of the file that a program makes, without its time."""
    run()
    (path,) = (folder / "scripts/versions").glob("*.py")
    text = path.read_text()
    path.unlink()
    return path.name, re.sub(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}", "$TIME", text)


def check(template, folder, retort, failures):
    config = Config(folder / "alembic.ini", stdout=open("/dev/null", "w"))
    (folder / "scripts/versions").mkdir(parents=True, exist_ok=True)
    (folder / "alembic.ini").write_text(INI)
    (folder / "scripts/script.py.mako").write_text(template.read_text())
    for arguments in (ARGUMENTS, NO_ARGUMENTS):
        (folder / "scripts/env.py").write_text(ENV % arguments)
        message = "add the users' table"
        theirs = made(folder, lambda: command.revision(config, message, autogenerate=True, rev_id="0001"))
        ours = made(folder, lambda: subprocess.run(
            [retort, "-q", "revision", "--autogenerate", "-m", message, "--rev-id", "0001"], cwd=folder, check=True))
        if ours != theirs:
            failures.append(f"{template.name}:\n--- Alembic {theirs[0]}\n{theirs[1]}\n--- retort {ours[0]}\n{ours[1]}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--retort", required=True)
    options.add_argument("templates", type=pathlib.Path, nargs="+")
    options = options.parse_args()
    failures = []
    for template in options.templates:
        with tempfile.TemporaryDirectory() as folder:
            check(template, pathlib.Path(folder), pathlib.Path(options.retort).resolve(), failures)
    if failures:
        sys.exit("\n".join(failures))
    print(f"{len(options.templates)} templates")


main()
