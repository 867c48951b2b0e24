"""Counts of what compatibility.py saw, as text and as a page."""

import collections
import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Project:
    name: str
    files: int = 0
    run: int = 0  # that Alembic ran
    equal: int = 0
    different: int = 0
    failed: int = 0
    whole: bool = True  # of what Alembic ran all was equal


@dataclass
class Summary:
    projects: list = field(default_factory=list)
    reasons: collections.Counter = field(default_factory=collections.Counter)

    def total(self, name):
        return sum(getattr(one, name) for one in self.projects)

    @property
    def counted(self):
        return [one for one in self.projects if one.run]

    @property
    def percent_equal(self):
        return 100.0 * self.total("equal") / max(1, self.total("run"))

    def percent_whole(self, projects):
        return 100.0 * sum(one.whole for one in projects) / max(1, len(projects))


def reason(error):
    """The class of an error: what it says without the names it says it of."""
    text = re.sub(r"^FAILED: |^(revision|error) \S+: ", "", error)
    text = re.sub(r"(')[^']*(')", "'...'", text)
    return re.sub(r"\d+", "N", text)[:110]


def file_verdicts(history):
    """path -> (verdict, reason). On paper where Alembic can, else by the steps on SQLite."""
    steps = {}
    for step in history["online"]["steps"]:
        known = steps.get(step["path"])
        if not known or known["verdict"] == "equal":
            steps[step["path"]] = step
    out = {}
    for path, directions in history["paper"].items():
        ran = [one for one in directions.values() if one["verdict"] != "not run"]
        if path in steps:
            ran.append(steps[path])
        bad = [one for one in ran if one["verdict"] != "equal"]
        if not ran:
            out[path] = ("not run", "")
        elif bad:
            bad.sort(key=lambda one: one["verdict"] == "different")
            why = reason(bad[0]["error"]) if "error" in bad[0] else "different result"
            out[path] = (bad[0]["verdict"], why)
        else:
            out[path] = ("equal", "")
    return out


def summarise(results):
    summary = Summary()
    by_name = {}
    for history in results:
        project = by_name.setdefault(history["project"], Project(history["project"]))
        for verdict, why in file_verdicts(history).values():
            project.files += 1
            if verdict == "not run":
                continue
            project.run += 1
            setattr(project, verdict, getattr(project, verdict) + 1)
            if verdict != "equal":
                summary.reasons[verdict + ": " + why] += 1
                project.whole = False
    summary.projects = sorted(by_name.values(), key=lambda one: one.name.lower())
    return summary


def line(results):
    return text(summarise(results)).splitlines()[0] if results else "no history found"


def totals(summary):
    small = [one for one in summary.counted if one.files < 10]
    yield "%d files in %d projects, %d of them run under Alembic" % (
        summary.total("files"), len(summary.projects), summary.total("run"))
    yield "files equal: %d (%.1f %%), different: %d, failed: %d" % (
        summary.total("equal"), summary.percent_equal, summary.total("different"),
        summary.total("failed"))
    yield "projects whole: %d of %d (%.1f %%)" % (
        sum(one.whole for one in summary.counted), len(summary.counted),
        summary.percent_whole(summary.counted))
    yield "projects of fewer than ten files whole: %d of %d (%.1f %%)" % (
        sum(one.whole for one in small), len(small), summary.percent_whole(small))


def text(summary):
    if len(summary.projects) == 1:
        one = summary.projects[0]
        return "%-45s files %4d run %4d equal %4d different %3d failed %3d%s" % (
            one.name, one.files, one.run, one.equal, one.different, one.failed,
            "  whole" if one.whole and one.run else "")
    out = list(totals(summary)) + [""]
    out += ["%5d  %s" % (count, why) for why, count in summary.reasons.most_common()]
    return "\n".join(out)


def page(summary):
    out = [Path(__file__).with_name("page.md").read_text()]
    out += ["- " + one for one in totals(summary)]
    out += ["", "## By project", "",
            "| project | files | run under Alembic | equal | different | failed | whole |",
            "|---|---|---|---|---|---|---|"]
    for one in summary.projects:
        whole = ("yes" if one.whole else "no") if one.run else "-"
        out.append("| %s | %d | %d | %d | %d | %d | %s |" % (
            one.name.replace("+", "/"), one.files, one.run, one.equal, one.different, one.failed,
            whole))
    out += ["", "## What is not equal, by class", "", "| files | class |", "|---|---|"]
    out += ["| %d | %s |" % (count, why.replace("|", "\\|"))
            for why, count in summary.reasons.most_common()]
    return "\n".join(out) + "\n"
