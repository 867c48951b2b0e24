"""Counts of what environments.py saw, as text and as a page."""
import collections
import pathlib
import re

VERDICTS = ("equal", "more", "different", "failed")


def first_error(text):
    for line in text.splitlines():
        if re.match(r"(FAILED|error|\S+:\d+:\d+: error)", line):
            return line
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("INFO", "WARN", "warning"))]
    return lines[0] if lines else ""


def reason(result):
    text = re.sub(r"^\S+:\d+:\d+: ", "", first_error(result.get("text", "")))
    text = re.sub(r"'[^']*'|`[^`]*`", "'...'", text)
    return re.sub(r"\d+", "N", text)[:110]


def line(result):
    words = ["%s %s" % (name, one["verdict"]) for name, one in result["measures"].items()]
    out = "%-55s %s" % (result["folder"][:55], "; ".join(words))
    for name, one in result["measures"].items():
        if one["verdict"] == "failed":
            out += "\n      %s: %s" % (name, first_error(one["text"])[:200])
    return out


def counts(results):
    out = collections.defaultdict(collections.Counter)
    for result in results:
        for name, one in result["measures"].items():
            out[name][one["verdict"]] += 1
    return out


def totals(results):
    out = []
    for name, verdicts in counts(results).items():
        ran = sum(verdicts[one] for one in VERDICTS)
        out.append("%-8s of %d that Alembic ran: %s" % (name, ran, ", ".join(
            "%s %d" % (one, verdicts[one]) for one in VERDICTS)))
    return "\n".join(out)


def page(results):
    out = [pathlib.Path(__file__).with_name("page.md").read_text().rstrip(), "",
           "| measure | run under Alembic | equal | more found | different | failed |",
           "|---|---|---|---|---|---|"]
    for name, verdicts in counts(results).items():
        numbers = [verdicts[one] for one in VERDICTS]
        out.append("| %s | %d | %s |" % (name, sum(numbers), " | ".join(map(str, numbers))))
    out += ["", "## By environment", "", "| project | models | upgrade | pending | offline |", "|---|---|---|---|---|"]
    for result in sorted(results, key=lambda one: one["folder"].lower()):
        project, folder = result["folder"].split(" ", 1)
        name = project.replace("+", "/", 1) + ("" if folder == "." else ", " + folder)
        verdicts = [one["verdict"].replace("not run", "-") for one in result["measures"].values()]
        out.append("| %s | %s |" % (name, " | ".join(verdicts)))
    reasons = collections.Counter(
        "%s: %s: %s" % (name, one["verdict"], reason(one)) if one["verdict"] == "failed" else
        "%s: %s" % (name, one["verdict"])
        for result in results for name, one in result["measures"].items()
        if one["verdict"] in ("more", "different", "failed"))
    out += ["", "## What is not equal, by class", "", "| count | class |", "|---|---|"]
    out += ["| %d | %s |" % (count, why.replace("|", "\\|")) for why, count in reasons.most_common()]
    return "\n".join(out) + "\n"
