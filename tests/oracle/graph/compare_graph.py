"""Asks Alembic and retort the same questions about random histories and compares the answers.

Where Alembic ends in an assertion or a KeyError it has no answer, and neither has the comparison.
The few places where retort differs on purpose are listed in `differs_on_purpose`.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import types
import warnings

from alembic.runtime import migration
from alembic.script import base as script_base
from alembic.script import revision
from alembic.util import CommandError


class Script(revision.Revision):
    doc = ""

    def __init__(self, item):
        super().__init__(item["id"], tuple(item["down"]), tuple(item["deps"]), tuple(item["labels"]))
        self.module = types.SimpleNamespace(upgrade=named("upgrade"), downgrade=named("downgrade"))


def named(name):
    def function():
        raise AssertionError("never run")

    function.__name__ = name
    return function


class Scripts(script_base.ScriptDirectory):
    """A ScriptDirectory without a directory."""

    def __init__(self, items):
        self.revision_map = revision.RevisionMap(lambda: [Script(item) for item in items])
        loaded = self.revision_map._revision_map
        # Alembic keeps these in the order of a set, which changes from run to run.
        for script in loaded.values():
            if script is not None:
                keep = set(script._normalized_resolved_dependencies)
                script._normalized_resolved_dependencies = tuple(
                    name for name in script._resolved_dependencies if name in keep
                )


class Nowhere:
    """As much of a MigrationContext as HeadMaintainer touches."""

    as_sql = True

    class impl:
        @staticmethod
        def _exec(statement):
            return None

    def __init__(self):
        from sqlalchemy import Column, MetaData, String, Table

        self._version = Table("alembic_version", MetaData(), Column("version_num", String(32)))


CONTEXT = Nowhere()


def steps(found, rows):
    keeper = migration.HeadMaintainer(CONTEXT, rows)
    result = []
    for step in found:
        keeper.update_to_step(step)
        result.append({"log": step.short_log, "rows": sorted(keeper.heads)})
    return result


def facts(scripts):
    known = scripts.revision_map
    nodes = {}
    for script in known._revision_map.values():
        if script is not None:
            nodes[script.revision] = {
                "labels": sorted(script.branch_labels),
                "lower": list(script._normalized_down_revisions),
                "children": sorted(script.nextrev),
                "upper": sorted(script._all_nextrev),
            }
    return {
        "nodes": nodes,
        "heads": list(known.heads),
        "real_heads": list(known._real_heads),
        "bases": list(known.bases),
        "real_bases": list(known._real_bases),
    }


def names(scripts):
    return [script.revision for script in scripts]


def answer(scripts, question):
    kind = question["ask"]
    if kind == "facts":
        return facts(scripts)
    if kind == "find":
        return names(scripts.get_revisions(question["target"]))
    if kind == "find_one":
        found = scripts.get_revision(question["target"])
        return found.revision if found else None
    rows = tuple(question["rows"])
    if kind == "current":
        return sorted(names(scripts.get_all_current(rows)))
    if kind == "history":
        start = rows if question["start"] == "current" else question["start"]
        end = rows if question["end"] == "current" else question["end"]
        return names(scripts.walk_revisions(base=start or "base", head=end or "heads"))
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        if kind == "upgrade":
            found = scripts._upgrade_revs(question["target"], rows)
        elif kind == "downgrade":
            found = scripts._downgrade_revs(question["target"], rows)
        else:
            found = scripts._stamp_revs((question["target"],), rows)
    return {"steps": steps(found, rows), "warnings": [str(w.message) for w in heard]}


def oracle(scripts, question):
    try:
        return {"ok": answer(scripts, question)}
    except CommandError as error:
        return {"error": str(error)}
    except (AssertionError, KeyError, AttributeError, TypeError, IndexError, ValueError) as error:
        return {"crash": repr(error)}


def history(rng):
    count = rng.randint(1, rng.choice([3, 6, 10, 16]))
    merges, branches, deps = rng.random() * 0.5, rng.random() * 0.6, rng.random() * 0.6
    ids = rng.sample([a + b + c for a in "abcd" for b in "xyz12" for c in ("", "q", "long", "lone")], count)
    items = []
    labels = []
    for number, name in enumerate(ids):
        below = ids[:number]
        down = []
        if below and rng.random() > 0.15:
            heads = [x for x in below if not any(x in item["down"] for item in items)] or below
            pool = below if rng.random() < branches else heads
            down = rng.sample(pool, min(len(pool), 1 if rng.random() > merges else rng.randint(2, 3)))
        wanted = []
        if below and rng.random() < deps:
            pool = below + labels
            wanted = rng.sample(pool, min(len(pool), rng.randint(1, 2)))
        own = []
        if rng.random() < 0.25:
            own = ["lab%d" % number]
            labels += own
        items.append({"id": name, "down": down, "deps": wanted, "labels": own})
    shuffled = items[:]
    if rng.random() < 0.5:
        rng.shuffle(shuffled)
    return shuffled, labels


def some_rows(rng, scripts):
    """The rows after upgrading to random revisions."""
    known = [s for s in scripts.revision_map._revision_map.values() if s is not None]
    picked = [s for s in set(known) if rng.random() < 0.25]
    picked.sort(key=lambda s: s.revision)
    applied = set(scripts.revision_map._get_ancestor_nodes(picked))
    covered = {name for s in applied for name in s._normalized_down_revisions}
    return sorted(s.revision for s in applied if s.revision not in covered)


def a_name(rng, ids, labels, exact=False):
    pool = list(ids) * 3 + labels * 3
    if not exact:
        pool += ["head", "heads", "base"] * max(1, len(ids) // 2) + ["nosuch", "a", "axlo", "b1lon"]
    return rng.choice(pool)


def a_target(rng, ids, labels):
    name = a_name(rng, ids, labels)
    shape = rng.random()
    if shape < 0.35:
        return name
    if shape < 0.55:
        return a_name(rng, ids, labels, exact=True) + "@" + name
    steps = rng.choice(["+1", "+2", "-1", "-2", "+3", "-3"])
    if shape < 0.7:
        return steps
    if shape < 0.8:
        return a_name(rng, ids, labels, exact=True) + "@" + steps
    if shape < 0.95:
        return name + steps
    return a_name(rng, ids, labels, exact=True) + "@" + name + steps


def questions(rng, scripts, items, labels):
    ids = [item["id"] for item in items]
    result = [{"ask": "facts"}]
    for kind in ("find", "find_one"):
        for _ in range(3):
            result.append({"ask": kind, "target": a_target(rng, ids, labels)})
    for kind in ("upgrade", "downgrade", "stamp"):
        for _ in range(6):
            result.append(
                {"ask": kind, "target": a_target(rng, ids, labels), "rows": some_rows(rng, scripts)}
            )
    result.append({"ask": "upgrade", "target": "heads", "rows": some_rows(rng, scripts)})
    result.append({"ask": "downgrade", "target": "base", "rows": some_rows(rng, scripts)})
    result.append({"ask": "current", "rows": some_rows(rng, scripts)})
    result.append({"ask": "history", "start": "base", "end": "heads", "rows": []})
    for _ in range(4):
        start, end = a_target(rng, ids, labels), a_target(rng, ids, labels)
        result.append(
            {
                "ask": "history",
                "start": rng.choice([start, "base", "current"]),
                "end": rng.choice([end, "heads", "current"]),
                "rows": some_rows(rng, scripts),
            }
        )
    return result


RELATIVE = re.compile(r"(?:(.+)@)?(\w+)?([+-]\d+)$")


def tips(items, rows):
    """The rows that no other row stands on."""
    lower = {item["id"]: item["down"] + item["deps"] for item in items}
    lower.update((label, [item["id"]]) for item in items for label in item["labels"])
    below = set()
    todo = [name for row in rows for name in lower[row]]
    while todo:
        name = todo.pop()
        if name not in below:
            below.add(name)
            todo += lower[name]
    return [row for row in rows if row not in below]


def differs_on_purpose(items, question, theirs, ours):
    kind = question["ask"]
    their_error, our_error = theirs.get("error", ""), ours.get("error", "")
    if kind == "history":
        start, end = RELATIVE.match(question["start"]), RELATIVE.match(question["end"])
        if not question["rows"] and question["end"] == "current":
            return "up to nothing is nothing, not everything"
        if start and (start[2] or start[3][0] == "+") and "Can't locate" in their_error:
            return "a start relative to a revision is understood"
        if start and not start[2] and (their_error or question["end"] != "heads"):
            return "-N that leads nowhere from the heads counts from the end of the range"
        if start and start[1] and not start[2]:
            return not start[1].startswith("lab") and "a revision names its branch here too"
        if end and end[2] == "base" and end[3][0] == "-":
            return "nothing lies below base"
        if their_error and our_error and question["start"] != "base" and question["end"] != "heads":
            return "both ends are wrong, or current prints as a Python tuple"
        return None
    target = question.get("target", "")
    relative = RELATIVE.match(target)
    if relative and relative[2] == "base" and relative[3][0] == "-":
        return our_error == "Walked too far" and "nothing lies below base"
    if kind in ("find", "find_one") and relative and not relative[2]:
        if our_error == "Walked too far" and their_error == "Ambiguous walk":
            return "several heads, several reasons"
        return relative[1] and theirs.get("ok") == [] and "a revision names its branch here too"
    if kind == "upgrade" and theirs.get("ok") == {"steps": [], "warnings": []}:
        return "Destination" in our_error and "an upgrade to base is refused"
    if kind == "stamp" and relative:
        return "Can't locate" in our_error and "stamp refuses what is relative"
    if kind == "stamp" and target.endswith("heads") and "ok" in ours and "ok" in theirs:
        kept = set(ours["ok"]["steps"][-1]["rows"]) > set(theirs["ok"]["steps"][-1]["rows"])
        return kept and "a row that is another head, or not below this one, stays"
    if kind == "stamp" and "@" in target and "Can't locate" in their_error:
        return "a prefix is looked for on its branch"
    if kind == "downgrade" and "@" in target and not relative:
        if target.endswith(("@head", "@heads")):
            return "label@head is the head of that branch"
        if "Can't locate" in their_error:
            return "a prefix is looked for on its branch"
        if "Can't locate" in our_error:
            return "a branch that does not lead to the target is refused"
    if kind == "downgrade" and "ok" in theirs and "ok" in ours:
        clean = [dict(step, rows=sorted(tips(items, step["rows"]))) for step in theirs["ok"]["steps"]]
        return clean == ours["ok"]["steps"] and "a row below another row is not kept"
    return None


def parse_history(lines):
    items = []
    for line in lines:
        found = re.match(r"(\w+)(?: \(([^)]*)\))?(?:: *([^+]*?)(?: ?\+ ?(.*))?)?$", line)
        name, labels, down, deps = (found[i] or "" for i in range(1, 5))
        items.append(
            {"id": name, "labels": labels.split(), "down": down.split(), "deps": deps.split()}
        )
    return items


def answer_lines(found):
    if "ok" not in found:
        return ["! " + found.get("error", "Alembic crashes: %s" % found.get("crash"))]
    found = found["ok"]
    if isinstance(found, list):
        return [" ".join(found)] if found else []
    return ["~ " + warning for warning in found["warnings"]] + [
        ("%s | %s" % (step["log"], " ".join(step["rows"]))).rstrip() for step in found["steps"]
    ]


def check_text(path):
    """The answers written in a file of cases against Alembic's; returns how many differ."""
    with open(path, encoding="utf-8") as file:
        chunks = re.split(r"^(?=== )", file.read(), flags=re.M)[1:]
    asked = differing = 0
    for chunk in chunks:
        title, *blocks = re.split(r"^\? ", chunk, flags=re.M)
        items = parse_history([line for line in title.splitlines()[1:] if line])
        for block in blocks:
            head, *written = [line for line in block.splitlines() if line]
            kind, rest = head.split(None, 1)
            target, _, rows = rest.rpartition("from")
            question = {"ask": kind, "target": target.strip(), "rows": rows.split()}
            if kind == "history":
                start, end = target.strip().split(":")
                question.update(start=start or "base", end=end or "heads")
            given = answer_lines(oracle(Scripts(items), question))
            asked += 1
            if given != written:
                differing += 1
                print(title + "? " + head, "written: %s" % written, "alembic: %s" % given, sep="\n")
    print("%d written answers compared, %d differ" % (asked, differing))
    return differing or not asked


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--driver", required=True)
    options.add_argument("--cases", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=5)
    options.add_argument("--text", action="append", default=[], help="a file of cases to check too")
    options = options.parse_args()
    if any([check_text(path) for path in options.text]):
        sys.exit(1)
    cases = []
    for number in range(options.cases):
        rng = random.Random(options.seed * 1_000_003 + number)
        items, labels = history(rng)
        scripts = Scripts(items)
        asked = questions(rng, scripts, items, labels)
        cases.append((items, asked, [oracle(scripts, question) for question in asked]))
    text = "".join(
        json.dumps({"revisions": items, "questions": asked}) + "\n" for items, asked, _ in cases
    )
    run = subprocess.run([options.driver], input=text, capture_output=True, text=True, check=True)
    lines = run.stdout.splitlines()
    if len(lines) != len(cases):
        sys.exit("the driver answered %d of %d histories" % (len(lines), len(cases)))
    compared = crashed = on_purpose = differing = 0
    for (items, asked, theirs), line in zip(cases, lines):
        for question, their, our in zip(asked, theirs, json.loads(line)):
            if "crash" in their:
                crashed += 1
                continue
            compared += 1
            if ("ok" in their and their["ok"] == our.get("ok")) or (
                "error" in their and their["error"] == our.get("error")
            ):
                continue
            if differs_on_purpose(items, question, their, our):
                on_purpose += 1
                continue
            differing += 1
            if differing <= options.show:
                print(json.dumps(items))
                print("  asked  ", json.dumps(question))
                print("  alembic", json.dumps(their))
                print("  retort ", json.dumps(our))
    print(
        "%d answers compared, %d differ; %d more differ on purpose, %d Alembic could not give"
        % (compared, differing, on_purpose, crashed)
    )
    if differing or compared < 10 * options.cases:
        sys.exit(1)


main()
