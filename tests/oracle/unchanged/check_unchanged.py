#!/usr/bin/env python3
"""What SQLAlchemy makes of models is no difference: `check` says so, and says what else it sees.

    check_unchanged.py --retort PROGRAM --state STATE
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "support"))
import postgresql  # noqa: E402

ENV = """import os
from alembic import context
from sqlalchemy import create_engine
import {module}
with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, target_metadata={module}.metadata)
    with context.begin_transaction():
        context.run_migrations()
"""
CREATE = "import os, sqlalchemy, {module}; {module}.metadata.create_all(sqlalchemy.create_engine(os.environ['DATABASE_URL']))"


def differences(retort, folder, module, url):
    """What `check` finds in a database that SQLAlchemy has just made."""
    (folder / "alembic" / "versions").mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = alembic\nprepend_sys_path = .\n")
    (folder / "alembic" / "env.py").write_text(ENV.format(module=module))
    for name in ("common.py", module + ".py"):
        shutil.copy(HERE / name, folder / name)
    environment = {**os.environ, "DATABASE_URL": url}
    subprocess.run([sys.executable, "-W", "ignore", "-c", CREATE.format(module=module)], cwd=folder, env=environment,
                   check=True)
    done = subprocess.run([retort, "check"], cwd=folder, env=environment, text=True, capture_output=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--retort", required=True)
    options.add_argument("--state", required=True)
    options = options.parse_args()
    retort = str(pathlib.Path(options.retort).resolve())
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        url = postgresql.new_database(postgresql.read_state(options.state))
        for module, url in (("sqlite", f"sqlite:///{scratch}/made.db"),
                            ("postgresql_", url.replace("postgresql:", "postgresql+psycopg2:"))):
            found = differences(retort, scratch / module, module, url)
            if found:
                failed = True
                print(f"{module}:\n{found}")
    sys.exit(failed)


main()
