"""How much of real projects runs under retort as under Alembic.

    compatibility.py --driver build/.../oracle_script_driver --retort build/.../retort \\
        [--python PYTHON] [--table docs/compatibility.md] [--details out.json] CHECKOUT...

Each CHECKOUT is a local copy of a project. Its Alembic histories are found and run twice: file by
file on paper (upgrade() and downgrade() as SQL), and as a whole on an SQLite file where Alembic can
do that (up, down, up; after every step the schema and the rows are compared). What Alembic itself
can't run is not counted. PYTHON is an interpreter with Alembic and with the packages that the
projects' scripts import.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import histories
import report
import snapshot
import sqltext

HERE = Path(__file__).resolve().parent


def alembic(options, history, **job):
    """The answers of Alembic, in the order of their making; cut short when it died."""
    job = {"import_paths": history.import_paths, "dialect": history.dialect, **job}
    kept = None
    if options.cache:
        key = hashlib.sha256(json.dumps([history.folder, job["mode"]]).encode()).hexdigest()
        kept = options.cache / (key + ".jsonl")
        if kept.exists():
            return [json.loads(line) for line in kept.read_text().splitlines()]
    environment = os.environ | {"PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.run([options.python, str(HERE / "alembic_side.py")],
                             input=json.dumps(job) + "\n", capture_output=True, text=True,
                             env=environment, errors="replace")
    if kept:
        kept.write_text(process.stdout)
    return [json.loads(line) for line in process.stdout.splitlines()]


def on_paper(options, history):
    """For each file: the verdict of both directions."""
    revisions = [{"path": one.path, "id": one.id} for one in history.revisions]
    want = {one["path"]: one for one in alembic(options, history, mode="offline",
                                                revisions=revisions)}
    jobs = [{"path": one.path, "direction": direction, "dialect": history.dialect,
             "import_paths": history.import_paths, "project": history.import_paths[-1]}
            for one in history.revisions for direction in ("upgrade", "downgrade")]
    have = drive(options, jobs)
    out = {}
    for job, answer in zip(jobs, have):
        expected = want.get(job["path"], {}).get(job["direction"], {"error": "Alembic died"})
        out.setdefault(job["path"], {})[job["direction"]] = judge(expected, answer)
    return out


def judge(expected, answer):
    if "error" in expected:
        return {"verdict": "not run", "alembic": expected["error"],
                "retort": answer.get("error", "")}
    if "error" in answer:
        return {"verdict": "failed", **answer}
    if sqltext.normal(expected["sql"]) == sqltext.normal(answer["sql"]):
        return {"verdict": "equal"}
    return {"verdict": "different", "want": expected["sql"], "have": answer["sql"]}


def drive(options, jobs):
    """One driver for all, a new one after a job that ends it."""
    out = []
    while len(out) < len(jobs):
        process = subprocess.run([options.driver], capture_output=True, text=True, errors="replace",
                                 input="".join(json.dumps(one) + "\n" for one in jobs[len(out):]))
        out += [json.loads(line) for line in process.stdout.splitlines()]
        if len(out) < len(jobs):
            out.append({"error": "the program died", "code": "crash", "line": 0,
                        "text": process.stderr[-2000:]})
    return out


def on_sqlite(options, history, scratch):
    """Step by step: what Alembic left after it, and whether retort left the same."""
    revisions = [{"path": one.path, "id": one.id} for one in history.revisions]
    url = "sqlite:///%s/alembic.db" % scratch
    want = alembic(options, history, mode="online", revisions=revisions, url=url)
    steps = [one for one in want if "snapshot" in one]
    out = {"alembic": want[-1].get("error", "") if want else "Alembic died", "steps": [],
           "whole": len(steps) == 3 * len(revisions)}
    if not out["whole"]:
        # A history for another engine: what of it got through on SQLite is no standard.
        return out
    configure(history, scratch)
    names = {one.path: one for one in history.revisions}
    for position, step in enumerate(steps):
        revision = names[step["path"]]
        down = step["turn"] == "down"
        target = parent_state(history, revision) if down else revision.id
        process = subprocess.run(
            [options.retort, "-c", "%s/alembic.ini" % scratch,
             "downgrade" if down else "upgrade", target],
            capture_output=True, text=True, errors="replace", cwd=history.import_paths[0])
        result = {"path": step["path"], "turn": step["turn"], "verdict": "equal"}
        out["steps"].append(result)
        if process.returncode:
            result |= {"verdict": "failed", "text": process.stderr[-3000:],
                       "error": first_error(process.stderr)}
            break
        have = json.loads(json.dumps(snapshot.take("sqlite:///%s/retort.db" % scratch)))
        if have != step["snapshot"]:
            wrong = [name for name in sorted(have.keys() | step["snapshot"].keys())
                     if have.get(name) != step["snapshot"].get(name)]
            result |= {"verdict": "different", "names": wrong,
                       "want": [step["snapshot"].get(name) for name in wrong],
                       "have": [have.get(name) for name in wrong]}
            break
    return out


def first_error(text):
    for line in text.splitlines():
        if not line.startswith(("INFO", "WARNI", "DEBUG", "warning")):
            return line
    return text[:200]


def parent_state(history, revision):
    """`downgrade` goes to what was there before: the revision before this one in the order."""
    position = history.revisions.index(revision)
    if not revision.down:
        return "base" if position == 0 else revision.id + "-1"
    return revision.id + "-1" if len(revision.down) == 1 else history.revisions[position - 1].id


def configure(history, scratch):
    """A project of its own around the files: the stock configuration without the project's env.py."""
    folder = Path(scratch) / "alembic"
    (folder / "versions").mkdir(parents=True)
    for revision in history.revisions:
        os.symlink(revision.path, folder / "versions" / Path(revision.path).name)
    (folder / "env.py").write_text((HERE / "plain_env.py").read_text())
    (Path(scratch) / "alembic.ini").write_text(
        "[alembic]\nscript_location = %s\nsqlalchemy.url = sqlite:///%s/retort.db\n"
        "path_separator = newline\nprepend_sys_path =\n  %s\n"
        % (folder, scratch, "\n  ".join(history.import_paths)))


def run_project(options, root):
    out = []
    for history in histories.find(root):
        paper = on_paper(options, history) if history.revisions else {}
        with tempfile.TemporaryDirectory() as scratch:
            online = on_sqlite(options, history, scratch)
        out.append({"project": history.project, "folder": history.folder,
                    "dialect": history.dialect, "paper": paper, "online": online})
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--driver", required=True)
    parser.add_argument("--retort", required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--table", type=Path)
    parser.add_argument("--details", type=Path)
    parser.add_argument("--cache", type=Path, help="folder that keeps what Alembic answered")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--at-least", type=float, default=0, metavar="PERCENT",
                        help="fail when fewer files are equal")
    parser.add_argument("checkouts", nargs="+", type=Path)
    options = parser.parse_args()
    for name in ("driver", "retort"):
        setattr(options, name, str(Path(getattr(options, name)).resolve()))
    results = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        running = [pool.submit(run_project, options, root) for root in options.checkouts]
        for done in concurrent.futures.as_completed(running):
            results += done.result()
            print(report.line(done.result()), file=sys.stderr, flush=True)
            if options.details:
                options.details.write_text(json.dumps(results, indent=1))
    summary = report.summarise(results)
    print(report.text(summary))
    if options.table:
        options.table.write_text(report.page(summary))
    if summary.percent_equal < options.at_least:
        sys.exit("only %.1f %% of the files are equal" % summary.percent_equal)


if __name__ == "__main__":
    main()
