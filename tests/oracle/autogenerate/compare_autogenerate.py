#!/usr/bin/env python3
"""`revision --autogenerate` of Alembic and of retort, for the same models and the same database.

    compare_autogenerate.py --retort PROGRAM --state STATE --mariadb STATE [--update] [-v] [CASE...]

A case is a file in cases/: `-- before.py --` has the models that SQLAlchemy makes the database of (after the SQL
of `-- before.sql --`), `-- after.py --` those that both tools compare it with; `target_metadata` is theirs.
`-- settings --` has `engines = sqlite postgresql` and `configure = ` what context.configure() is given beside.

Then each file is run by each tool: upgrade, check (nothing may be left), downgrade (the schema must be that of the
start). What differs between the files, and what does not run, is recorded in `-- differences ENGINE --` below a
line `why:` that explains it; a case without that section has equal files that both tools can run. A line of
Alembic's log that retort's lacks must be explained by a line `not found:` with its text.

--update writes the sections anew and keeps their explanations.
"""
import argparse
import collections
import contextlib
import difflib
import importlib
import io
import logging
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import traceback
import warnings

import alembic.command
import alembic.config
import sqlalchemy as sa

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "support"))
import mariadb  # noqa: E402
import postgresql  # noqa: E402

INI = "[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = %(here)s\n"
ENV = """import os
from alembic import context
from sqlalchemy import create_engine, pool
from models import target_metadata
{extra}
url = os.environ["DATABASE_URL"]
with create_engine(url, poolclass=pool.NullPool).connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata{configure})
    with context.begin_transaction():
        context.run_migrations()
"""
REVISION = "1a2b3c4d5e6f"


def sections(text):
    parts = re.split(r"(?m)^-- (.+) --\n", text)
    return parts[0], dict(zip(parts[1::2], parts[2::2]))


def settings_of(text):
    return {key.strip(): value.strip()
            for key, _, value in (line.partition("=") for line in text.splitlines()) if key.strip()}


@contextlib.contextmanager
def inside(folder, url):
    """In the folder, with the URL in the environment and no module of another folder in memory."""
    before, path = os.getcwd(), list(sys.path)
    os.chdir(folder)
    os.environ["DATABASE_URL"] = url
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    for name in ("models", "app", "app.types"):
        sys.modules.pop(name, None)
    try:
        yield
    finally:
        os.chdir(before)
        sys.path[:] = path


class Detected(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


class Alembic:
    name = "alembic"

    def run(self, folder, url, command, *arguments, **options):
        """(error or '', lines of the log)"""
        log = Detected()
        logger = logging.getLogger("alembic")
        logger.setLevel(logging.INFO)
        logger.propagate = False
        logger.handlers = [log]
        config = alembic.config.Config(str(folder / "alembic.ini"), stdout=io.StringIO())
        error = ""
        with inside(folder, url), warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            try:
                getattr(alembic.command, command)(config, *arguments, **options)
            except Exception as problem:  # noqa: BLE001 - whatever Alembic fails with is its answer
                error = f"{type(problem).__name__}: {str(problem).strip()}".splitlines()[0]
                error = re.sub(r" object at 0x[0-9a-f]+", "", error)  # another one in each run
                found = re.findall(r"\('((?:add|remove|modify)_\w+)'", error)
                if found:
                    error = "still to do: " + ", ".join(found)
                if os.environ.get("TRACEBACK"):
                    traceback.print_exc()
        return error, log.lines

    def revision(self, folder, url):
        return self.run(folder, url, "revision", autogenerate=True, rev_id=REVISION, message="change")


class Retort:
    name = "retort"

    def __init__(self, program):
        self.program = program

    def run(self, folder, url, command, *arguments):
        done = subprocess.run([self.program, command, *arguments], cwd=folder, text=True, capture_output=True,
                              env={**os.environ, "DATABASE_URL": url, "NO_COLOR": "1"}, timeout=120)
        lines = [line.split("] ", 1)[1] for line in done.stderr.splitlines() if line.startswith(("INFO", "WARN"))
                 and "] " in line]
        error = ""
        if done.returncode:
            own = [line for line in done.stderr.splitlines() if not line.startswith("INFO")]
            # What happened, and for check what is left, without excerpts and advice.
            text = "\n".join(own).strip().replace(str(folder) + "/", "")
            kept = [line for n, line in enumerate(text.splitlines())
                    if n == 0 or command == "check" and not line.startswith("  hint")]
            error = "\n".join(kept) or f"exit code {done.returncode}"
        return error, lines

    def revision(self, folder, url):
        return self.run(folder, url, "revision", "--autogenerate", "--rev-id", REVISION, "-m", "change")


class Databases:
    """Copies of a start."""

    def __init__(self, engine, folder, states):
        self.engine, self.folder, self.state, self.count = engine, folder, states.get(engine), 0
        self.start = self.empty()

    def empty(self):
        self.count += 1
        if self.engine == "sqlite":
            return f"sqlite:///{self.folder}/database{self.count}.db"
        if self.engine == "mariadb":
            return mariadb.new_database(self.state)
        return postgresql.new_database(self.state).replace("postgresql:", "postgresql+psycopg2:")

    def make(self, before, sql):
        (self.folder / "models.py").write_text(before)
        engine = sa.create_engine(self.start, poolclass=sa.pool.NullPool)
        with inside(self.folder, self.start), engine.begin() as connection:
            for statement in filter(str.strip, re.split(r";\n", sql)):
                connection.exec_driver_sql(statement)
            target = importlib.import_module("models").target_metadata
            for metadata in target if isinstance(target, (list, tuple)) else [target]:
                getattr(metadata, "metadata", metadata).create_all(connection)
        engine.dispose()

    def copy(self):
        if self.engine == "sqlite":
            url = self.empty()
            source = self.start.removeprefix("sqlite:///")
            pathlib.Path(source).touch()
            shutil.copy(source, url.removeprefix("sqlite:///"))
            return url
        self.count += 1
        template = self.start.rsplit("/", 1)[1]
        name = f"{template}_{self.count}"
        if self.engine == "mariadb":
            mariadb.copy(self.state, template, name)
            return self.start.replace(template, name)
        postgresql.psql(self.state, "postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.start.replace(template, name)

    def schema(self, url):
        if self.engine == "sqlite":
            return sqlite_schema(url)
        if self.engine == "mariadb":
            return mariadb_schema(self.state, url.rsplit("/", 1)[1])
        # The version table stays, and so do the settings that pg_dump prints for the sake of any table.
        postgresql.psql(self.state, url.rsplit("/", 1)[1], "CREATE TABLE IF NOT EXISTS alembic_version (version_num "
                        "character varying(32) CONSTRAINT alembic_version_pkc PRIMARY KEY)")
        text = postgresql.dump(url.replace("+psycopg2", ""))
        return sorted(line.rstrip().rstrip(",") for line in text.splitlines())

    def drop(self):
        if self.engine != "sqlite":
            return  # the server goes as a whole
        for path in self.folder.glob("*.db"):
            path.unlink()


def mariadb_schema(state, database):
    mariadb.client(state, "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) PRIMARY KEY)", database)
    text = mariadb.dump(state, database, "--no-data", "--skip-add-drop-table", "--compact")
    lines = [re.sub(r" AUTO_INCREMENT=\d+", "", line.rstrip().rstrip(",")) for line in text.splitlines()]
    return sorted(line for line in lines if not line.startswith("/*"))


def sqlite_schema(url):
    """What SQLAlchemy reads, without the order of columns."""
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    out = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with engine.connect() as connection:
            inspector = sa.inspect(connection)
            for table in sorted(inspector.get_table_names()):
                if table == "alembic_version":
                    continue
                for column in inspector.get_columns(table):
                    # SQLAlchemy finds the text of one generated column at most.
                    column.get("computed", {}).pop("sqltext", None)
                    out.append(f"{table} column {column}")
                out.append(f"{table} key {inspector.get_pk_constraint(table)}")
                for kind in ("get_unique_constraints", "get_foreign_keys", "get_check_constraints"):
                    out.extend(f"{table} {kind} {sorted(one.items(), key=str)}"
                               for one in getattr(inspector, kind)(table))
            rows = connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL")
            out.extend(" ".join(row[0].split()) for row in rows)
    engine.dispose()
    return sorted(out)


def file_of(folder):
    found = list((folder / "migrations" / "versions").glob("*.py"))
    return found[0] if found else None


def text_of(folder):
    path = file_of(folder)
    if path is None:
        return []
    return [line.rstrip() for line in path.read_text().splitlines() if not line.startswith("Create Date:")]


def project(folder, given, configure):
    (folder / "migrations" / "versions").mkdir(parents=True)
    (folder / "alembic.ini").write_text(INI)
    shutil.copy(pathlib.Path(alembic.__file__).parent / "templates" / "generic" / "script.py.mako",
                folder / "migrations")
    extra = given.get("env.py", "")
    (folder / "migrations" / "env.py").write_text(
        ENV.format(extra=extra, configure="".join(", " + one for one in configure)))
    for name, text in given.items():
        if name.endswith(".py") and name not in ("before.py", "after.py", "env.py"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return folder


def run_file(tool, folder, databases, start):
    """'' or what of upgrade, check and downgrade does not go well."""
    url = databases.copy()
    error, _ = tool.run(folder, url, "upgrade", "head")
    if error:
        return "upgrade: " + error
    error, lines = tool.run(folder, url, "check")
    problems = ["check: " + error] if error else []
    error, _ = tool.run(folder, url, "downgrade", "base")
    if error:
        return "\n".join(problems + ["downgrade: " + error])
    end = databases.schema(url)
    changes = [line for line in difflib.unified_diff(start, end, lineterm="", n=0)
               if not line.startswith(("---", "+++", "@@"))]
    return "\n".join(problems + ["after the downgrade:\n" + "\n".join(changes)] if changes else problems)


def differences(name, given, engine, tools, state):
    """The lines that tell two tools apart; those of Alembic's log that retort's lacks; retort's file."""
    configure = ["compare_server_default=True", *filter(None, given["settings"].get("configure", "").split(";"))]
    with tempfile.TemporaryDirectory(prefix="retort-autogenerate-") as temporary:
        root = pathlib.Path(temporary)
        start = root / "start"
        start.mkdir()
        for file, text in given.items():
            if file.endswith(".py") and "/" in file:
                (start / file).parent.mkdir(parents=True, exist_ok=True)
                (start / file).write_text(text)
        databases = Databases(engine, start, state)
        databases.make(given["before.py"], given.get("before.sql", "") + given.get("before.sql " + engine, ""))
        folders, texts, logs, out = {}, {}, {}, []
        for tool in tools:
            folder = project(root / tool.name, given, configure)
            (folder / "models.py").write_text(given["after.py"])
            folders[tool.name] = folder
            error, lines = tool.revision(folder, databases.start)
            if error:
                out.append(f"{tool.name} revision: {error}")
            logs[tool.name] = lines
            texts[tool.name] = text_of(folder)
        out += text_difference(texts["alembic"], texts["retort"])
        start_schema = databases.schema(databases.start)
        for writer in tools:
            if file_of(folders[writer.name]) is None:
                continue
            for runner in tools:
                problem = run_file(runner, folders[writer.name], databases, start_schema)
                if problem:
                    out.append(f"{writer.name}'s file run by {runner.name}: {problem}")
        databases.drop()
    said = {found_by(line) for line in logs["retort"]}
    missing = [line for line in logs["alembic"] if found_by(line) and found_by(line) not in said]
    return "\n".join(out).splitlines(), missing, "\n".join(texts["retort"])


def text_difference(want, got):
    """The lines that only one of the files has, and a line more where others stand at another place."""
    lines = [line for line in difflib.unified_diff(want, got, lineterm="", n=0)
             if not line.startswith(("---", "+++", "@@"))]
    here, there = collections.Counter(want), collections.Counter(got)
    only = {"-": here - there, "+": there - here}
    out = []
    for line in lines:
        if only[line[0]][line[1:]]:
            only[line[0]][line[1:]] -= 1
            out.append(line)
    return out + (["the order of lines differs"] if len(out) < len(lines) else [])


def found_by(line):
    """A line of the log without what is no difference; '' for one that tells of none."""
    if not line.startswith("Detected") or "assuming SERIAL" in line:
        return ""
    return re.sub(r"identity options attributes .*", "identity options", line)


def explanation(section):
    return [line for line in section.splitlines() if line.startswith(("why:", "not found:"))]


def check_case(path, tools, state, options):
    """Problems of a case."""
    head, found = sections(path.read_text())
    given = dict(found)
    given["settings"] = settings_of(found.get("settings", "engines = sqlite postgresql"))
    problems = []
    for engine in given["settings"]["engines"].split():
        key = f"differences {engine}"
        got, missing, file = differences(path.stem, given, engine, tools, state)
        if options.v:
            print(f"== {path.stem} on {engine}", file, "\n".join(got), "\n".join(missing), sep="\n")
        why = explanation(found.get(key, ""))
        recorded = [line for line in found.get(key, "").splitlines() if line not in why and line.strip()]
        for line in missing:
            if not any(one.startswith("not found: " + line) for one in why):
                problems.append(f"{path.stem} on {engine}: only Alembic says: {line}")
        if (got or missing) and not any(line.startswith("why: ") for line in why):
            problems.append(f"{path.stem} on {engine}: nothing explains the differences")
        got = [line for line in got if line.strip()]
        if options.update:
            found.pop(key, None)
            if got or missing:
                found[key] = "\n".join([*(why or ["why:"]), *got]) + "\n"
        elif got != recorded:
            problems.append(f"{path.stem} on {engine}: other differences than those recorded:\n" + textwrap.indent(
                "\n".join(difflib.unified_diff(recorded, got, "recorded", "now", lineterm="", n=0)), "    "))
    if options.update:
        path.write_text(head + "".join(f"-- {name} --\n{text}" for name, text in found.items()))
    return problems


def main():
    # The order of some of Alembic's operations is that of a set of strings.
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, *sys.argv])
    parser = argparse.ArgumentParser()
    parser.add_argument("--retort", required=True)
    parser.add_argument("--state", required=True)
    parser.add_argument("--mariadb", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("-v", action="store_true")
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    state = {"postgresql": postgresql.read_state(options.state), "mariadb": mariadb.read_state(options.mariadb)}
    tools = [Alembic(), Retort(os.path.abspath(options.retort))]
    paths = [HERE / "cases" / f"{name}.txtar" for name in options.cases] or sorted((HERE / "cases").glob("*.txtar"))
    problems = []
    for path in paths:
        found = check_case(path, tools, state, options)
        print(f"{path.stem}: {'differs' if found else 'as recorded'}")
        problems += found
    print("\n".join(problems))
    sys.exit(1 if problems or not paths else 0)


if __name__ == "__main__":
    main()
