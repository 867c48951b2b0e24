#!/usr/bin/env python3
"""Hands databases back and forth between Alembic and retort, on the projects of the guides.

For each project one database is migrated by Alembic alone and a second one by both in turns, up to the
newest revision and down again. After every step both must have the same tables and the same version. POSTGRESQL_URL
names an empty database on the test server.
"""
import argparse
import multiprocessing
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import postgresql  # noqa: E402

# The folder, the engines, and what the project reads its URL from.
PROJECTS = [
    ("flashcards", "sqlite"),
    ("dental/backend", "sqlite"),
    ("shop", "sqlite"),
    ("shop", "postgresql"),
    ("anki/backend", "postgresql"),
    ("second_brain", "postgresql"),
]


def settings(project, url):
    """The environment variables that make the project use the database."""
    if project == "second_brain":
        account, place = url.removeprefix("postgresql://").split("@")
        user, password = account.split(":")
        server, name = place.split("/")
        host, port = server.split(":")
        return {"POSTGRES_USER": user, "POSTGRES_PASSWORD": password, "POSTGRES_HOST": host, "POSTGRES_PORT": port,
                "POSTGRES_DB": name}
    if project == "anki/backend":
        url = url.replace("postgresql:", "postgresql+asyncpg:")
    return {"DATABASE_URL": url}


def tables(url):
    """What a database holds, as comparable text."""
    if url.startswith("postgresql"):
        return postgresql.dump(url)
    import sqlalchemy as sa

    lines = []
    engine = sa.create_engine(url)
    inspector = sa.inspect(engine)
    for table in sorted(inspector.get_table_names()):
        for column in inspector.get_columns(table):
            lines.append(f"{table}: {sorted((key, str(value)) for key, value in column.items())}")
        lines.append(f"{table}: {inspector.get_pk_constraint(table)}")
        for what in ("foreign_keys", "unique_constraints", "check_constraints", "indexes"):
            found = getattr(inspector, f"get_{what}")(table)
            lines += sorted(f"{table}: {what} {item}" for item in found)
    engine.dispose()
    return "\n".join(lines)


def version(url):
    if url.startswith("postgresql"):
        import psycopg2

        connection = psycopg2.connect(url)
        cursor = connection.cursor()
        cursor.execute("SELECT version_num FROM alembic_version ORDER BY 1")
        rows = cursor.fetchall()
        connection.close()
        return rows
    import sqlite3

    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    rows = connection.execute("SELECT version_num FROM alembic_version ORDER BY 1").fetchall()
    connection.close()
    return rows


def state(url):
    return version(url), tables(url)


def alembic_alone(folder, environment, url, steps, answers):
    """In a process of its own: every step by Alembic, the state after each."""
    os.environ.update(environment)
    os.chdir(folder)
    sys.stderr = open(os.devnull, "w")
    from alembic import command
    from alembic.config import Config

    for direction, target in steps:
        getattr(command, direction)(Config("alembic.ini"), target)
        answers.put(state(url))


def first_difference(expected, got):
    for ours, theirs in zip(expected[1].splitlines() + [""], got[1].splitlines() + [""]):
        if ours != theirs:
            return f"\n  Alembic: {ours}\n  both:    {theirs}"
    return f"\n  Alembic: {expected[0]}\n  both:    {got[0]}"


def compare(project, engine, options, server):
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        shutil.copytree(options.projects / project, folder / "project", ignore=shutil.ignore_patterns("__pycache__"))
        urls = [f"sqlite:///{folder}/{name}.db" for name in ("alembic", "both")]
        if engine == "postgresql":
            urls = [server.database(), server.database()]
        count = len(list((folder / "project/alembic/versions").glob("*.py")))
        steps = [("upgrade", "+1")] * count + [("downgrade", "-1")] * count
        answers = multiprocessing.Queue()
        alone = multiprocessing.Process(target=alembic_alone, args=(folder / "project", settings(project, urls[0]),
                                                                    urls[0], steps, answers))
        alone.start()
        expected = []
        while len(expected) < len(steps) and (alone.is_alive() or not answers.empty()):
            try:
                expected.append(answers.get(timeout=1))
            except Exception:  # noqa: BLE001  nothing yet
                pass
        alone.join()
        if len(expected) < len(steps):
            return [f"{project} on {engine}: Alembic alone fails"]
        environment = {**os.environ, **settings(project, urls[1])}
        programs = [[str(options.retort)], [sys.executable, "-m", "alembic"]]
        for number, (direction, target) in enumerate(steps):
            # Each program meets each revision that the other has made, on the way up or down.
            program = programs[(number + (number >= count)) % 2]
            done = subprocess.run([*program, direction, target], cwd=folder / "project", env=environment, text=True,
                                  capture_output=True)
            step = f"{project} on {engine}, step {number + 1} ({' '.join(program[-1:])} {direction} {target})"
            if done.returncode:
                return [f"{step}:\n{done.stdout}{done.stderr}"]
            got = state(urls[1])
            if got != expected[number]:
                return [f"{step}: {first_difference(expected[number], got)}"]
        return []
    finally:
        shutil.rmtree(folder)


class Server:
    """Makes empty databases beside the one that the test was given."""

    def __init__(self, url):
        self.url, self.made = url, 0

    def database(self):
        import psycopg2

        self.made += 1
        name = f"{self.url.rsplit('/', 1)[1]}_{self.made}"
        connection = psycopg2.connect(self.url)
        connection.autocommit = True
        connection.cursor().execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        connection.close()
        return f"{self.url.rsplit('/', 1)[0]}/{name}"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--retort", type=pathlib.Path, required=True)
    options.add_argument("--projects", type=pathlib.Path, required=True)
    options.add_argument("only", nargs="*")
    options = options.parse_args()
    server = Server(os.environ["POSTGRESQL_URL"])
    failures = []
    for project, engine in PROJECTS:
        if not options.only or project in options.only:
            failures += compare(project, engine, options, server)
    sys.exit("\n".join(failures) or None)


if __name__ == "__main__":
    main()
