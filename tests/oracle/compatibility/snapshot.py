"""What a SQLite database holds, as plain values that are equal when two databases are."""

import hashlib
import re
import sqlite3

UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.I)
MOMENT = re.compile(r"20\d\d-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d)?")
MANY = 100
OWN_TABLES = ("alembic_version", "retort_history", "sqlite_sequence", "sqlite_stat1")


def blur(text):
    """Random identifiers and moments differ from run to run."""
    return MOMENT.sub("<moment>", UUID.sub("<uuid>", text))


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r'["`\[\]]', "", text or "")).strip().lower()


def default(text):
    """`(x)` and `x` are the same default."""
    while text and text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return text


def few(rows):
    """Many rows are equal when their number and their digest are."""
    if len(rows) <= MANY:
        return rows
    return [str(len(rows)), hashlib.sha256("\n".join(rows).encode()).hexdigest()]


def take(url):
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    run = connection.execute
    out = {}
    for kind, name, sql in run("SELECT type, name, sql FROM sqlite_master ORDER BY type, name"):
        if kind in ("view", "trigger"):
            out["%s %s" % (kind, name)] = plain(sql)
        if kind != "table" or name in OWN_TABLES:
            continue
        quoted = '"%s"' % name.replace('"', '""')
        columns = [(row[1], row[2].upper(), row[3], default(row[4]), row[5])
                   for row in run("PRAGMA table_xinfo(%s)" % quoted)]
        keys = sorted((row[2], row[3], row[4] or "", row[5], row[6])
                      for row in run("PRAGMA foreign_key_list(%s)" % quoted))
        indexes = []
        for row in run("PRAGMA index_list(%s)" % quoted).fetchall():
            where = run("SELECT sql FROM sqlite_master WHERE name = ?", (row[1],)).fetchone()
            shown = row[1] if row[3] == "c" else "-"
            members = [one[2] for one in run('PRAGMA index_info("%s")' % row[1].replace('"', '""'))]
            indexes.append((shown, row[2], row[3], members, plain(where[0]) if where else ""))
        rows = few(sorted(blur(repr(row)) for row in run("SELECT * FROM %s" % quoted)))
        checks = sorted(plain(one) for one in re.findall(r"CHECK\s*\((.*)\)", sql, re.I))
        out[name] = [columns, keys, sorted(indexes), len(checks), rows]
    connection.close()
    return out
