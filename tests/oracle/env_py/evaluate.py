"""Evaluates the env.py of local checkouts with retort and reports how far each one comes.

    python3 evaluate.py RETORT CHECKOUT... [--verbose] [--set NAME=VALUE ...]

Each checkout is a folder; every folder in it with an env.py that calls context.configure() is one
environment. It is evaluated online (`current`) and offline (`stamp heads --sql`), and is one of

    evaluated   it configured a context and the command's action ran, or the database it names
                could not be reached
    told        one message says what to set: a variable, or the keys of the configuration
    failed      anything else

Nothing of a checkout is changed: commands run in a copy, without network, with no variables but
those given by --set. The exit status is 1 when an environment failed.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = {".git", "node_modules", "site-packages", ".venv", "venv"}
UNREACHABLE = re.compile(
    r"there is no driver for|could not connect|connection to server|could not translate host name|"
    r"Connection refused|unable to open database|can't reach|can't connect|Can't connect|can't make database", re.I)
TOLD = re.compile(r"what env\.py says can stand in|no database URL|DATABASE_URL|is not set")


def environments(root):
    """The env.py files below a checkout, with the ini file that names each, where there is one."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        if "env.py" not in files:
            continue
        text = open(os.path.join(folder, "env.py"), encoding="utf-8", errors="replace").read()
        if "context.configure" in text or "run_migrations" in text:
            yield folder


def ini_for(folder, root):
    """(ini file, its folder) of the project that an environment belongs to."""
    at = folder
    while True:
        for name in ("alembic.ini", "pyproject.toml"):
            path = os.path.join(at, name)
            if os.path.isfile(path) and "script_location" in open(path, errors="replace").read():
                return path
        if os.path.samefile(at, root):
            return None
        at = os.path.dirname(at)


def run(retort, ini, folder, arguments, variables):
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "NO_COLOR": "1", **variables}
    where = os.path.dirname(ini)
    done = subprocess.run([retort, "-c", ini, *arguments], cwd=where, env=env, text=True,
                          capture_output=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def judge(code, output):
    if code == 0 or UNREACHABLE.search(output):
        return "evaluated"
    if "env.py" not in output and "Context impl" in output:
        return "evaluated"
    return "told" if TOLD.search(output) else "failed"


def own_ini(folder):
    """An ini file for an environment that has none, as frameworks make one."""
    path = os.path.join(folder, "retort_alembic.ini")
    with open(path, "w", encoding="utf-8") as file:
        file.write("[alembic]\nscript_location = %(here)s\n")
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("retort")
    parser.add_argument("checkouts", nargs="+")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    options = parser.parse_args()
    variables = dict(text.split("=", 1) for text in options.set)
    counts = {"evaluated": 0, "told": 0, "failed": 0}
    projects = 0
    for checkout in options.checkouts:
        with tempfile.TemporaryDirectory() as scratch:
            copy = os.path.join(scratch, os.path.basename(os.path.normpath(checkout)))
            shutil.copytree(checkout, copy, symlinks=True, ignore=shutil.ignore_patterns(
                "node_modules", "*.png", "*.jpg", "*.svg"), ignore_dangling_symlinks=True)
            os.makedirs(os.path.join(copy, ".git"), exist_ok=True)
            found = list(environments(copy))
            projects += bool(found)
            for folder in found:
                ini = ini_for(folder, copy) or own_ini(folder)
                results = []
                for arguments in (["current"], ["stamp", "heads", "--sql"]):
                    try:
                        results.append(run(os.path.abspath(options.retort), ini, folder,
                                           arguments, variables))
                    except subprocess.TimeoutExpired:
                        results.append((124, "timeout"))
                verdicts = [judge(*result) for result in results]
                worst = max(verdicts, key=["evaluated", "told", "failed"].index)
                counts[worst] += 1
                if options.verbose:
                    print("%-10s %s %s" % (worst, os.path.basename(copy),
                                           os.path.relpath(folder, copy)))
                    for verdict, (code, output) in zip(verdicts, results):
                        if verdict != "evaluated":
                            print("    " + "\n    ".join(output.splitlines()[:14]))
                            break
    print("%d projects, %d environments: %s" % (
        projects, sum(counts.values()),
        ", ".join("%d %s" % (count, name) for name, count in counts.items())))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
