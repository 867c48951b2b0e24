#!/usr/bin/env python3
"""New projects of every template run at once, in retort and in Alembic, whichever of the two made them."""
import argparse
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

TEMPLATES = ["generic", "async", "multidb", "pyproject", "pyproject_async"]


class Project:
    def __init__(self, folder, retort):
        self.folder = folder
        self.programs = {"retort": [str(retort)], "alembic": [sys.executable, "-m", "alembic"]}

    def run(self, program, *arguments):
        done = subprocess.run([*self.programs[program], *arguments], cwd=self.folder, text=True, capture_output=True)
        if done.returncode:
            raise AssertionError(f"{program} {' '.join(arguments)}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def set_urls(self, template):
        """SQLite, with the driver that the template's engine needs."""
        driver = "sqlite+aiosqlite" if "async" in template else "sqlite"
        path = self.folder / "alembic.ini"
        urls = iter(["app.db", "other.db"])
        text = re.sub(r"^sqlalchemy\.url =.*$", lambda _: f"sqlalchemy.url = {driver}:///{next(urls)}",
                      path.read_text(), flags=re.MULTILINE)
        path.write_text(text)

    def fill(self):
        """The empty revision makes a table in every database."""
        (path,) = (self.folder / "scripts/versions").glob("*.py")
        text = path.read_text()
        bodies = re.findall(r'^(def (up|down)grade\w*\([^)]*\).*:\n(?:    """.*"""\n)?)    pass$', text, re.MULTILINE)
        for head, direction in bodies:
            if re.match(r"def \w+\(engine_name", head):
                continue
            body = 'op.create_table("things", sa.Column("id", sa.Integer, primary_key=True))'
            if direction == "down":
                body = 'op.drop_table("things")'
            text = text.replace(head + "    pass", head + "    " + body)
        path.write_text(text)

    def set_models(self):
        """The models have the table of the first revision, and no other."""
        path = self.folder / "scripts/env.py"
        models = ("from sqlalchemy import Column, Integer, MetaData, Table\n"
                  "target_metadata = MetaData()\n"
                  'Table("things", target_metadata, Column("id", Integer, primary_key=True))')
        path.write_text(path.read_text().replace("target_metadata = None", models))

    def tables(self, name):
        connection = sqlite3.connect(self.folder / name)
        rows = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
        connection.close()
        return rows


def check(template, maker, other, folder, retort):
    project = Project(folder, retort)
    project.run(maker, "init", "-t", template, "scripts")
    project.set_urls(template)
    project.run(maker, "revision", "-m", "first")
    project.fill()
    project.set_models()
    databases = ["app.db", "other.db"] if template == "multidb" else ["app.db"]
    for program in (other, maker):
        project.run(program, "upgrade", "head")
        for name in databases:
            assert "things" in project.tables(name), f"{program}: no table in {name}: {project.tables(name)}"
        if template != "multidb":
            for checker in (program, maker if program == other else other):
                project.run(checker, "check")
        turn = maker if program == other else other
        current = project.run(turn, "current")
        assert current.count("(head)") == len(databases), f"{turn} current: {current}"
        project.run(turn, "downgrade", "base")
        for name in databases:
            assert "things" not in project.tables(name), f"{turn}: a table is left in {name}"
    assert "CREATE TABLE things" in "".join(
        [project.run("retort", "upgrade", "head", "--sql"), *[path.read_text() for path in folder.glob("*.sql")]]
    ), "retort upgrade --sql"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--retort", type=pathlib.Path, required=True)
    options.add_argument("template", nargs="*", default=TEMPLATES)
    options = options.parse_args()
    failures = []
    for template in options.template:
        for maker, other in (("retort", "alembic"), ("alembic", "retort")):
            folder = pathlib.Path(tempfile.mkdtemp()).resolve()
            try:
                check(template, maker, other, folder, options.retort.resolve())
            except AssertionError as error:
                failures.append(f"{template} made by {maker}: {error}")
            finally:
                shutil.rmtree(folder)
    sys.exit("\n".join(failures) or None)


if __name__ == "__main__":
    main()
