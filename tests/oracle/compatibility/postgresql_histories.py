"""Whole histories of real projects on a PostgreSQL server, under Alembic and under retort.

    postgresql_histories.py --retort build/.../retort --python PYTHON [--details out.json] CHECKOUT...

Each history that is written for PostgreSQL goes up to its heads, down to base and up again, with a commit
after every revision. After each of the three, both must have stopped at the same revisions, having left the
same schema, as `pg_dump --schema-only` writes it, and the same number of rows in every table. Where
Alembic stops (a `downgrade` that was never written, a package of the application that is not there),
retort must stop too, at the same place: or may do better, which is counted apart. PYTHON is an interpreter
with Alembic, psycopg2 and the packages that the projects' scripts import.
"""

import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import histories
import snapshot

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "support"))
import postgresql  # noqa: E402

TURNS = (("up", "upgrade", "heads"), ("down", "downgrade", "base"), ("again", "upgrade", "heads"))
SECONDS = 900


def configure(history, folder, url):
    """A project of its own around the files: the stock configuration without the project's env.py."""
    folder = Path(folder)
    (folder / "alembic" / "versions").mkdir(parents=True)
    for revision in history.revisions:
        os.symlink(revision.path, folder / "alembic" / "versions" / Path(revision.path).name)
    stock = (HERE / "plain_env.py").read_text()
    (folder / "alembic" / "env.py").write_text(
        stock.replace("connection=connection", "connection=connection, transaction_per_migration=True"))
    (folder / "alembic.ini").write_text(
        "[alembic]\nscript_location = %s/alembic\nsqlalchemy.url = %s\npath_separator = newline\n"
        "prepend_sys_path =\n  %s\n" % (folder, url, "\n  ".join(history.import_paths)))


def state_of(server, url):
    """What a database holds, as plain values."""
    name = url.rsplit("/", 1)[1]
    tables = postgresql.psql(server, name, """
        SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1""").split()
    count = " UNION ALL ".join("SELECT '%s', count(*) FROM %s" % (one.replace("'", "''"), one)
                               for one in tables if not one.endswith(".alembic_version"))
    rows = sorted(postgresql.psql(server, name, count).splitlines()) if count else []
    here = ("public.alembic_version" in tables and
            sorted(postgresql.psql(server, name, "SELECT version_num FROM alembic_version").split()))
    return {"revisions": here or [], "rows": rows, "schema": snapshot.blur(postgresql.dump(url))}


def go(command, folder, where):
    environment = os.environ | {"PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(command, cwd=where, capture_output=True, text=True, errors="replace",
                              timeout=SECONDS, env=environment)
    except subprocess.TimeoutExpired as error:
        return subprocess.CompletedProcess(command, 1, "", "too slow: %s" % error)


def run_history(options, server, history):
    out = {"project": history.project, "folder": history.folder, "files": len(history.revisions), "turns": []}
    sides = {"alembic": [options.python, "-P", "-m", "alembic"], "retort": [options.retort]}
    with tempfile.TemporaryDirectory() as scratch:
        urls = {}
        for side in sides:
            urls[side] = postgresql.new_database(server)
            configure(history, Path(scratch) / side,
                      urls[side].replace("postgresql:", "postgresql+psycopg2:", 1))
        for turn, command, target in TURNS:
            result = {"turn": turn}
            for side, program in sides.items():
                folder = Path(scratch) / side
                done = go(program + ["-c", "%s/alembic.ini" % folder, command, target], folder,
                          history.import_paths[0])
                result[side] = state_of(server, urls[side]) | {
                    "code": done.returncode, "text": done.stderr[-4000:] if done.returncode else ""}
            result["verdict"] = judge(result["alembic"], result["retort"])
            if result["verdict"] == "different" and lacks_module(result["alembic"]):
                result["verdict"] = "not run"
            out["turns"].append(result)
            if result["verdict"] not in ("equal", "equal, both stop"):
                break
        for url in urls.values():
            postgresql.psql(server, "postgres", 'DROP DATABASE "%s"' % url.rsplit("/", 1)[1])
    return out


def judge(want, have):
    same = all(want[key] == have[key] for key in ("revisions", "rows", "schema"))
    if want["code"] and have["code"]:
        return "equal, both stop" if same else "different"
    if want["code"]:
        return "better"
    if have["code"]:
        return "failed"
    return "equal" if same else "different"


def lacks_module(side):
    """All files are read before the first one runs: a package that one of them wants is missing."""
    last = side["text"].strip().splitlines()[-1:]
    return bool(last) and last[0].startswith(("ModuleNotFoundError", "ImportError"))


def line(result):
    words = ["%s %s" % (one["turn"], one["verdict"]) for one in result["turns"]]
    return "%-60s files %4d  %s" % (result["project"] + re.sub(".*" + re.escape(result["project"]), "",
                                    result["folder"]), result["files"], "; ".join(words))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--retort", required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--details", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("checkouts", nargs="+", type=Path)
    options = parser.parse_args()
    options.retort = str(Path(options.retort).resolve())
    found = [one for root in options.checkouts for one in histories.find(root)
             if one.revisions and one.dialect == "postgresql"]
    results = []
    with tempfile.TemporaryDirectory() as folder:
        state = os.path.join(folder, "server")
        postgresql.start(state)
        server = postgresql.read_state(state)
        try:
            with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
                running = [pool.submit(run_history, options, server, one) for one in found]
                for done in concurrent.futures.as_completed(running):
                    results.append(done.result())
                    print(line(results[-1]), flush=True)
                    if options.details:
                        options.details.write_text(json.dumps(results, indent=1))
        finally:
            postgresql.stop(state)
    if any(turn["verdict"] in ("failed", "different") for one in results for turn in one["turns"]):
        sys.exit(1)


if __name__ == "__main__":
    main()
