#!/usr/bin/env python3
"""The inspector of scripts against SQLAlchemy's: one revision prints what it reads from a rich database, run by
Alembic and by retort. The database is POSTGRESQL_URL, empty."""
import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
# What repr() shows of a type and what not.
REPR = ((re.compile(r"\((?:as)?text_type=Text\(\)\)"), "()"), (re.compile(r"DOMAIN\(.*\)"), "DOMAIN()"))


def output(*command):
    run = subprocess.run(command, cwd=HERE / "project", text=True, capture_output=True,
                         env={**os.environ, "DATABASE_URL": os.environ["POSTGRESQL_URL"], "PYTHONWARNINGS": "ignore"})
    if run.returncode:
        sys.exit(f"{command[0]} failed:\n{run.stdout}{run.stderr}")
    text = run.stdout
    for pattern, replacement in REPR:
        text = pattern.sub(replacement, text)
    return text.splitlines()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--retort", required=True)
    options = options.parse_args()
    url = os.environ["POSTGRESQL_URL"]
    subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", HERE / "rich.sql"], check=True)
    reset = ["psql", "-X", "-q", "-d", url, "-c", "DROP TABLE IF EXISTS inspection_version"]
    want = output(sys.executable, "-m", "alembic", "upgrade", "head")
    subprocess.run(reset, check=True, stderr=subprocess.DEVNULL)
    got = output(options.retort, "upgrade", "head")
    differences = [line for line in difflib.unified_diff(want, got, "SQLAlchemy", "retort", lineterm="", n=0)
                   if not line.startswith(("---", "+++", "@@"))]
    if differences or len(want) < 150:
        sys.exit("\n".join([f"{len(differences)} lines differ ({len(want)} lines)", *differences]))
    print(f"{len(want)} lines are the same")


main()
