#!/usr/bin/env python3
"""The inspector of scripts against SQLAlchemy's: one revision prints what it reads from a rich database, run by
Alembic and by retort. The database is MARIADB_URL, empty; MARIADB_CLIENT is a shell on it."""
import argparse
import difflib
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


def output(*command):
    run = subprocess.run(command, cwd=HERE / "project", text=True, capture_output=True,
                         env={**os.environ, "DATABASE_URL": os.environ["MARIADB_URL"], "PYTHONWARNINGS": "ignore"})
    if run.returncode:
        sys.exit(f"{command[0]} failed:\n{run.stderr}")
    return run.stdout.splitlines()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--retort", required=True)
    options = options.parse_args()
    client = os.environ["MARIADB_CLIENT"].split()
    subprocess.run(client, stdin=(HERE / "rich.sql").open(), check=True)
    want = output(sys.executable, "-m", "alembic", "upgrade", "head")
    subprocess.run([*client, "-e", "DROP TABLE IF EXISTS inspection_version"], check=True)
    got = output(options.retort, "upgrade", "head")
    differences = [line for line in difflib.unified_diff(want, got, "SQLAlchemy", "retort", lineterm="", n=0)
                   if not line.startswith(("---", "+++", "@@"))]
    if differences or len(want) < 100:
        sys.exit("\n".join([f"{len(differences)} lines differ ({len(want)} lines)", *differences]))
    print(f"{len(want)} lines are the same")


main()
