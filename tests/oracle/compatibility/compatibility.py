"""How much of real projects runs under retort as under Alembic.

    compatibility.py --driver build/.../oracle_script_driver --retort build/.../retort \\
        [--python PYTHON] [--table docs/compatibility.md] [--details out.json] CHECKOUT...

Each CHECKOUT is a local copy of a project. Its Alembic histories are found and run twice: file by
file on paper (upgrade() and downgrade() as SQL), and as a whole on an SQLite file where Alembic can
do that (up, down, up; after every step the schema and the rows are compared). What Alembic itself
can't run is not counted. PYTHON is an interpreter with Alembic and with the packages that the
projects' scripts import.
"""

import concurrent.futures
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import histories
import limited
import report
import snapshot
import sqltext

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / "support"))
import checkouts  # noqa: E402

SHOWN = 20_000  # characters of a text that is kept for reading


class Answers:
    """What Alembic answered to one job, kept in a file and read line by line: histories can be huge."""

    def __init__(self, options, history, scratch, **job):
        job = {"import_paths": history.import_paths, "dialect": history.dialect, **job}
        key = hashlib.sha256(json.dumps([history.folder, job["mode"]]).encode()).hexdigest()
        self.path = (options.cache or Path(scratch)) / (key + ".jsonl")
        if not self.path.exists():
            made = self.path.with_suffix(".new")
            environment = os.environ | {"PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
            with made.open("w") as out:
                limited.run([options.python, str(HERE / "alembic_side.py")], json.dumps(job) + "\n",
                            stdout=out, env=environment)
            made.rename(self.path)

    def __iter__(self):
        with self.path.open(errors="replace") as lines:
            for line in lines:
                try:
                    yield json.loads(line)
                except ValueError:  # cut short: it died in the middle
                    return


def on_paper(options, history, scratch):
    """For each file: the verdict of both directions. Both sides answer in the order of the files."""
    revisions = [{"path": one.path, "id": one.id} for one in history.revisions]
    wanted = iter(Answers(options, history, scratch, mode="offline", revisions=revisions))
    out = {}
    with limited.Driver(options.driver) as driver:
        for one in history.revisions:
            expected = next(wanted, {})
            for direction in ("upgrade", "downgrade"):
                answer = driver.ask({"path": one.path, "direction": direction,
                                     "dialect": history.dialect, "import_paths": history.import_paths,
                                     "project": history.import_paths[-1]})
                out.setdefault(one.path, {})[direction] = judge(
                    expected.get(direction, {"error": "Alembic died"}), answer)
    return out


def judge(expected, answer):
    if "error" in expected:
        return {"verdict": "not run", "alembic": expected["error"],
                "retort": answer.get("error", "")}
    if "error" in answer:
        return {"verdict": "failed", **cut(answer)}
    if sqltext.same(expected["sql"], answer["sql"]):
        return {"verdict": "equal"}
    return {"verdict": "different", **cut({"want": expected["sql"], "have": answer["sql"]})}


def cut(texts):
    """Only the beginning of what is long is kept."""
    return {name: one[:SHOWN] if isinstance(one, str) else one for name, one in texts.items()}


def on_sqlite(options, history, scratch):
    """Step by step: what Alembic left after it, and whether retort left the same."""
    revisions = [{"path": one.path, "id": one.id} for one in history.revisions]
    url = "sqlite:///%s/alembic.db" % scratch
    wanted = Answers(options, history, scratch, mode="online", revisions=revisions, url=url)
    count, last = 0, {"error": "Alembic died"}
    for last in wanted:
        count += "snapshot" in last
    out = {"alembic": last.get("error", ""), "steps": [], "whole": count == 3 * len(revisions)}
    if not out["whole"]:
        # A history for another engine: what of it got through on SQLite is no standard.
        return out
    configure(history, scratch)
    names = {one.path: one for one in history.revisions}
    for step in wanted:
        revision = names[step["path"]]
        down = step["turn"] == "down"
        target = parent_state(history, revision) if down else revision.id
        process = limited.run([options.retort, "-c", "%s/alembic.ini" % scratch,
                               "downgrade" if down else "upgrade", target],
                              stdout=subprocess.DEVNULL, cwd=history.import_paths[0])
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
                       "want": [str(step["snapshot"].get(name))[:SHOWN] for name in wrong],
                       "have": [str(have.get(name))[:SHOWN] for name in wrong]}
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
        roots = [one for one in history.revisions if not one.down]
        return "base" if len(roots) == 1 else revision.id + "@base"
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
        with tempfile.TemporaryDirectory() as scratch:
            paper = on_paper(options, history, scratch) if history.revisions else {}
            online = on_sqlite(options, history, scratch)
        out.append({"project": history.project, "folder": history.folder,
                    "dialect": history.dialect, "paper": paper, "online": online})
    return out


def main():
    parser = checkouts.parser(__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--at-least", type=float, default=0, metavar="PERCENT",
                        help="fail when fewer files are equal")
    options = parser.parse_args()
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
