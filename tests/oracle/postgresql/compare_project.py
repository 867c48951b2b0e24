#!/usr/bin/env python3
"""A project's history, run by Alembic and by retort on two empty databases of the test server: up, down and up again.
The schemas that pg_dump writes must be the same after each move, and so must the text of --sql.

    compare_project.py --retort PROGRAM --state STATE PROJECT

PROJECT is a folder with alembic.ini. It is copied; in the copy env.py is replaced by one that connects to DATABASE_URL
and does nothing else, as what is compared are the revisions. Options of `context.configure()` can be given with
--configure version_table=x.
"""
import argparse
import configparser
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "support"))
import postgresql  # noqa: E402

ENV = """
import os, sys
sys.path[:0] = {paths!r}
from alembic import context
from sqlalchemy import create_engine, pool
url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg2://")
options = {options!r}
if context.is_offline_mode():
    context.configure(url=url, literal_binds=True, **options)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()
"""


def normal_sql(text):
    """--sql without what is known to differ: see docs/differences-from-alembic.md."""
    text = re.sub(r" RETURNING [\w.]*version_num", "", text)
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def difference(what, want, got):
    lines = [line for line in difflib.unified_diff(want, got, "Alembic", "retort", lineterm="", n=1)]
    return [f"== {what}: {len(lines)} lines", *lines[:60]] if lines else []


class Tool:
    def __init__(self, name, command, folder, ini, state):
        self.name, self.command, self.folder, self.ini = name, command, folder, ini
        self.url = postgresql.new_database(state)

    def run(self, *arguments):
        environment = {**os.environ, "DATABASE_URL": self.url, "PYTHONWARNINGS": "ignore",
                       "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run([*self.command, "-c", self.ini, *arguments], cwd=self.folder, env=environment, text=True,
                              capture_output=True, timeout=1200)


def script_location(folder, ini):
    parser = configparser.ConfigParser({"here": str((folder / ini).parent)})
    parser.read(folder / ini)
    location = parser["alembic"]["script_location"]
    if ":" in location:
        location = location.replace(":", "/")
    return (folder / location).resolve(), parser


def prepare(project, folder, options):
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns(".git", "node_modules"), symlinks=True)
    scripts, parser = script_location(folder, options.ini)
    paths = [str(folder), str((folder / options.ini).parent), *(str(folder / path) for path in options.path)]
    configure = dict(pair.split("=", 1) for pair in options.configure)
    for key in ("transaction_per_migration", "include_schemas"):
        if key in configure:
            configure[key] = configure[key] == "true"
    (scripts / "env.py").write_text(ENV.format(paths=paths, options=configure))
    # The same for retort, which takes it from the configuration.
    text = (folder / options.ini).read_text()
    section = "[alembic]\nsqlalchemy.url = ${DATABASE_URL}\n" + "".join(
        f"{key} = {str(value).lower() if isinstance(value, bool) else value}\n" for key, value in configure.items())
    text = re.sub(r"(?m)^sqlalchemy\.url.*$", "", text)
    (folder / "compared.ini").write_text(
        re.sub(r"(?m)^script_location.*$", f"script_location = {scripts}", text).replace("[alembic]\n", section, 1))


def compare(tools, options, state):
    alembic, retort = tools
    problems = []
    moves = (("upgrade", "heads"), ("downgrade", "base"), ("upgrade", "heads"))
    for move in moves[:options.moves]:
        want, got = alembic.run(*move), retort.run(*move)
        if want.returncode:
            problems.append(f"== {' '.join(move)}: Alembic fails: {want.stderr.strip().splitlines()[-1:]}")
            if got.returncode:
                problems.append(f"   retort fails too: {got.stderr.strip()[-400:]}")
            return problems
        if got.returncode:
            return problems + [f"== {' '.join(move)}: retort fails:\n{got.stderr.strip()[-2500:]}"]
        problems += difference(f"pg_dump after {' '.join(move)}", postgresql.dump(alembic.url).splitlines(),
                               postgresql.dump(retort.url).splitlines())
    want, got = alembic.run("upgrade", "heads", "--sql"), retort.run("upgrade", "heads", "--sql")
    if want.returncode == 0:
        if got.returncode:
            problems.append(f"== --sql: retort fails: {got.stderr.strip()[-1500:]}")
        else:
            problems += difference("--sql", normal_sql(want.stdout), normal_sql(got.stdout))
    return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--retort", required=True)
    parser.add_argument("--state", required=True)
    parser.add_argument("--ini", default="alembic.ini")
    parser.add_argument("--path", action="append", default=[])
    parser.add_argument("--configure", action="append", default=[])
    parser.add_argument("--moves", type=int, default=3, help="how many of: up, down, up")
    parser.add_argument("project", type=pathlib.Path)
    options = parser.parse_args()
    state = postgresql.read_state(options.state)
    temporary = pathlib.Path(tempfile.mkdtemp(prefix="retort-project-"))
    try:
        folder = temporary / "project"
        prepare(options.project.resolve(), folder, options)
        tools = [Tool("Alembic", [sys.executable, "-m", "alembic"], folder, "compared.ini", state),
                 Tool("retort", [str(pathlib.Path(options.retort).resolve())], folder, "compared.ini", state)]
        problems = compare(tools, options, state)
    finally:
        shutil.rmtree(temporary)
    if problems:
        sys.exit("\n".join([f"{options.project}: differs", *problems]))
    print(f"{options.project}: the same")


main()
