"""Compares the schema that retort reads from models with the one SQLAlchemy makes of them.

    compare_models.py DRIVER                         the fixtures of this folder
    compare_models.py DRIVER PROJECT MODULE:ATTR...  a checkout, from the folder PROJECT

A target after the first names the same schema: its module is imported before (SQLAlchemy's side
only). With -v the differences are printed. Exit code 1 where something differs.
"""
import importlib
import pathlib
import subprocess
import sys

from sqlalchemy import MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

HERE = pathlib.Path(__file__).parent


def metadatas(target):
    if isinstance(target, (list, tuple)):
        return [each for one in target for each in metadatas(one)]
    if isinstance(target, MetaData):
        return [target]
    several = getattr(target, "metadatas", None)
    if isinstance(several, dict):
        return list(several.values())
    return [target.metadata]


def clean(statement):
    return "\n".join(line.strip() for line in statement.strip().splitlines() if line.strip())


def wanted(target, dialect):
    """Table by table; ours may make types and comments beside them."""
    statements = []
    for metadata in metadatas(target):
        for table in metadata.sorted_tables:
            statements.append(str(CreateTable(table).compile(dialect=dialect)))
            for index in table.indexes:
                statements.append(str(CreateIndex(index).compile(dialect=dialect)))
    return sorted(map(clean, statements))


def made(driver, name, target, paths):
    done = subprocess.run([driver, name, target, *map(str, paths)], capture_output=True, text=True)
    if done.returncode:
        return None, done.stderr
    return statements(done.stdout), ""


def statements(text):
    """What makes tables and indexes of what the driver printed."""
    cleaned = [clean(one) for one in text.split("\n;;\n") if one.strip()]
    return sorted(one for one in cleaned
                  if one.startswith(("CREATE TABLE", "CREATE INDEX", "CREATE UNIQUE INDEX")))


def compare(driver, folder, target, verbose):
    """(dialect, problem) where ours and SQLAlchemy's differ."""
    module, _, attribute = target.partition(":")
    value = importlib.import_module(module)
    for part in attribute.split("."):
        value = getattr(value, part)
    problems = []
    for name, dialect in (("sqlite", sqlite.dialect()), ("postgresql", postgresql.dialect())):
        ours, error = made(driver, name, target, [folder])
        if ours is None:
            problems.append((name, error))
            continue
        theirs = wanted(value, dialect)
        if ours != theirs:
            missing = [one for one in theirs if one not in ours]
            extra = [one for one in ours if one not in theirs]
            text = "%d statements, SQLAlchemy has %d" % (len(ours), len(theirs))
            if verbose:
                text += "".join("\n--- SQLAlchemy:\n" + one for one in missing)
                text += "".join("\n+++ retort:\n" + one for one in extra)
            problems.append((name, text))
    return problems


def main(arguments):
    verbose = "-v" in arguments
    arguments = [each for each in arguments if each != "-v"]
    driver = arguments[0]
    cases = []
    if len(arguments) > 2:
        folder = pathlib.Path(arguments[1]).resolve()
        for module in arguments[3:]:
            sys.path.insert(0, str(folder))
            importlib.import_module(module)
        cases.append((folder, arguments[2]))
    else:
        verbose = True
        folder = HERE / "fixtures"
        for file in sorted(folder.glob("*.py")):
            cases.append((folder, file.stem + ":target"))
    failed = 0
    for folder, target in cases:
        sys.path.insert(0, str(folder))
        problems = compare(driver, folder, target, verbose)
        for dialect, problem in problems:
            print("%s (%s): %s" % (target, dialect, problem))
        failed += bool(problems)
    print("%d of %d equal" % (len(cases) - failed, len(cases)))
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
