#!/usr/bin/env python3
"""Checks docs/guides.md: every row of its tables names a story line that is there.

    check_table.py TABLE STORIES
"""
import pathlib
import re
import sys


def main():
    table, stories = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    story, texts, wrong, rows = None, {}, [], 0
    for number, line in enumerate(table.read_text().splitlines(), 1):
        heading = re.match(r"## .*`(\S+\.txtar)`", line)
        if heading:
            story = heading[1]
            texts[story] = re.split(r"^-- \S+ --$", (stories / story).read_text(), flags=re.MULTILINE)[0]
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if line.startswith("|") else []
        if len(cells) < 2 or story is None or cells[0] in ("command", "---"):
            continue
        shown = re.findall(r"`([^`]+)`", cells[-1])
        if not shown:
            wrong.append(f"{table.name}:{number}: no story line is named")
        rows += 1
        for text in shown:
            commands = [each for each in texts[story].splitlines() if each.startswith(("$ ", "## "))]
            if not any(text in each for each in commands):
                wrong.append(f"{table.name}:{number}: no line of {story} has `{text}`")
    if not rows:
        wrong.append("no rows")
    if wrong:
        sys.exit("\n".join(wrong))


main()
