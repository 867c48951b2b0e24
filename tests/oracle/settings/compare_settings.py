#!/usr/bin/env python3
"""Settings of alembic.ini and pyproject.toml mean the same to retort and to Alembic: the files a command makes, their
names and texts, what it prints of them, and whether it succeeds."""
import argparse
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import traceback

import sqlalchemy  # noqa: F401: the children need not load it
from alembic.config import main as alembic_main

INI = """[alembic]
script_location = %(here)s/scripts
sqlalchemy.url = sqlite:///app.db
"""

TEMPLATE = '''"""${message}

Revises: ${down_revision | comma,n}
Create Date: ${create_date}
"""
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade():
    ${upgrades if upgrades else "pass"}


def downgrade():
    ${downgrades if downgrades else "pass"}
'''

ENV = """
import sqlalchemy as sa
from alembic import context

with sa.create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""

NEW = ['revision -m "Add the users table" --rev-id 0001']


def ini(*lines, base=INI):
    return {"alembic.ini": base + "".join(line + "\n" for line in lines)}


def toml(text):
    return {"pyproject.toml": text}


def messages(*texts, settings=()):
    return ini(*settings), [f"revision -m {shlex.quote(text)} --rev-id 00{n:02}" for n, text in enumerate(texts)]


def hooks(*lines):
    return ini("", "[post_write_hooks]", *lines), NEW


CASES = {
    "nothing": (ini(), NEW + ["heads", "history"]),
    # The name of the file.
    "template of today": (ini("file_template = %%(year)d_%%(month).2d_%%(day).2d-%%(rev)s_%%(slug)s"), NEW),
    "template with all": (ini("file_template = %%(epoch)s-%%(year)s-%%(month)s-%%(day)02d-%%(hour)s-%%(rev)10s.%%(slug)s"),
                          NEW),
    "template without rev": (ini("file_template = %%(slug)s"), NEW),
    "template with an unknown token": (ini("file_template = %%(rev)s_%%(author)s"), NEW),
    "template with folders": (ini("file_template = %%(year)d/%%(month).2d/%%(rev)s_%%(slug)s",
                                  "recursive_version_locations = true"), NEW + ["heads", "revision -m two --rev-id 2"]),
    "template with folders, not recursive": (ini("file_template = sub/%%(rev)s_%%(slug)s"), NEW + ["heads"]),
    "template not escaped": (ini("file_template = %(rev)s_%(slug)s"), NEW),
    "template, a lone percent": (ini("file_template = 100%%%%_%%(rev)s"), NEW),
    "template, percent at the end": (ini("file_template = %%(rev)s%%"), NEW),
    "template, a conversion": (ini("file_template = %%(rev)s_%%(year)x_%%(month)5d_%%(day)-4d_"), NEW),
    "template, spaces": (ini("file_template = a b %%(rev)s"), NEW),
    # The slug.
    "slugs": messages("Users", "  spaces  ", "a-b.c/d", "ünïcödé çhars", "emoji 😀 here", "under__score",
                      "it's \"quoted\"", "back\\slash", "日本語のメッセージ", "A" * 60, "one two three four five six seven eight",
                      "MixedCase CamelCase", "tab\there", "percent % and %(here)s", "ßẞ", "a" * 39 + " b", "a" * 40 + " b",
                      "123", "é" * 45, "two\nlines", "trailing dot."),
    "truncated to 10": messages("one two three four", "averyveryverylongword", "a bcdefghijklmnop", "exactlyten",
                                settings=["truncate_slug_length = 10"]),
    "truncated to 1": messages("one two", "x", settings=["truncate_slug_length = 1"]),
    "truncated to 0": messages("one two", settings=["truncate_slug_length = 0"]),
    "truncated to words": messages("one two", settings=["truncate_slug_length = ten"]),
    "truncated to nothing": messages("one two", settings=["truncate_slug_length ="]),
    "truncated to 100": messages("word " * 30, settings=["truncate_slug_length = 100"]),
    "no message": (ini(), ["revision --rev-id 1", 'revision -m "" --rev-id 2', 'revision -m " " --rev-id 3']),
    # Time.
    "UTC": (ini("timezone = UTC"), NEW),
    "Berlin": (ini("timezone = Europe/Berlin", "file_template = %%(hour).2d_%%(rev)s"), NEW),
    "Kathmandu": (ini("timezone = Asia/Kathmandu"), NEW),
    "lower case": (ini("timezone = utc"), NEW),
    "an unknown zone": (ini("timezone = Mars/Olympus"), NEW),
    "EST5EDT": (ini("timezone = EST5EDT"), NEW),
    # Text.
    "latin-1": ({**ini("output_encoding = latin-1"), "scripts/script.py.mako": "<%text># -*- coding: latin-1 -*-</%text>\n" + TEMPLATE},
                ['revision -m "caf\u00e9" --rev-id 1']),
    "ascii": (ini("output_encoding = ascii"), ['revision -m "caf\u00e9" --rev-id 1']),
    "an unknown encoding": (ini("output_encoding = nonsense"), NEW),
    "empty encoding": (ini("output_encoding ="), NEW),
    # Folders.
    "here": (ini("version_locations = %(here)s/a", "x = %(here)s"), NEW),
    "several locations, os": (ini("version_locations = %(here)s/a:%(here)s/b", "path_separator = os"),
                              ["revision -m one --rev-id 1", "revision -m one --rev-id 1 --version-path a",
                               "revision -m two --rev-id 2", "revision -m three --rev-id 3 --head base --version-path ./b",
                               "revision -m four --rev-id 4 --head 3", "heads", "history",
                               "revision -m five --head base --version-path scripts"]),
    "several locations, space": (ini("version_locations = a b", "path_separator = space"),
                                 ["revision -m two --rev-id 2 --version-path b", "heads"]),
    "several locations, newline": (ini("version_locations =", "    a", "    b c", "path_separator = newline"),
                                   ["revision -m two --rev-id 2 --version-path 'b c'", "heads"]),
    "several locations, ;": (ini("version_locations = a;b", "path_separator = ;"),
                             ["revision -m two --rev-id 2 --version-path b", "heads"]),
    "several locations, :": (ini("version_locations = a:b", "path_separator = :"),
                             ["revision -m two --rev-id 2 --version-path b", "heads"]),
    "several locations, old key": (ini("version_locations = a:b", "version_path_separator = os"),
                                   ["revision -m two --rev-id 2 --version-path b", "heads"]),
    "several locations, no separator": (ini("version_locations = a b"),
                                        ["revision -m two --rev-id 2 --version-path b", "heads"]),
    "several locations, commas": (ini("version_locations = a, b"),
                                  ["revision -m two --rev-id 2 --version-path b", "heads"]),
    "an unknown separator": (ini("version_locations = a b", "path_separator = comma"), ["heads"]),
    "recursive": ({**ini("recursive_version_locations = true"),
                   "scripts/versions/2024/x/a.py": "revision = 'a'\ndown_revision = None\n",
                   "scripts/versions/2025/b.py": "revision = 'b'\ndown_revision = 'a'\n"},
                  ["heads", "history", "revision -m c --rev-id c"]),
    "recursive, not": ({**ini(), "scripts/versions/2024/x/a.py": "revision = 'a'\ndown_revision = None\n"}, ["heads"]),
    "prepend_sys_path": ({**ini("prepend_sys_path = lib:.", "path_separator = os"), "lib/one.py": "x = 1\n", "two.py": "y = 2\n",
                          "scripts/env.py": "import one\nimport two\nprint(one.x, two.y)\n" + ENV},
                         ["current"]),
    "prepend_sys_path, here": ({**ini("prepend_sys_path = %(here)s/lib"), "lib/one.py": "x = 1\n",
                                "scripts/env.py": "import one\nprint(one.x)\n" + ENV}, ["current"]),
    "prepend_sys_path, spaces": ({**ini("prepend_sys_path = lib other"), "lib/one.py": "x = 1\n", "other/two.py": "y = 2\n",
                                  "scripts/env.py": "import one\nimport two\nprint(one.x, two.y)\n" + ENV}, ["current"]),
    "no folder": (ini(base="[alembic]\nscript_location = nowhere\n"), ["heads"]),
    "no location": (ini(base="[alembic]\nx = y\n"), ["heads"]),
    "default section": (ini(base="[DEFAULT]\nroot = %(here)s\nscript_location = %(root)s/scripts\n[alembic]\n"), NEW),
    "another section": (ini(base="[one]\nscript_location = nowhere\n[two]\nscript_location = scripts\n"),
                        ["-n two revision -m x --rev-id 1", "-n one heads", "-n three heads", "heads"]),
    "interpolation": (ini("root = scripts", "version_locations = %(root)s/%(deep)s", "deep = v"), NEW),
    "interpolation of nothing": (ini("version_locations = %(nothing)s/v"), NEW),
    "interpolation, bad": (ini("version_locations = 50%/v"), NEW),
    "duplicate key": (ini("script_location = other"), NEW),
    "duplicate section": (ini("[alembic]", "x = y"), NEW),
    "no section header": (ini(base="script_location = scripts\n"), ["heads"]),
    "a colon": (ini(base="[alembic]\nscript_location: scripts\nfile_template : %%(rev)s\n"), NEW),
    "comments": (ini("# comment", "; comment", "truncate_slug_length = 3 ; not a comment"), NEW),
    "upper case": (ini(base="[alembic]\nSCRIPT_LOCATION = scripts\nFile_Template = x_%%(rev)s\n"), NEW),
    "revision_environment": ({**ini("revision_environment = true"), "scripts/env.py": "print('env')\n" + ENV}, NEW),
    "revision_environment, True": ({**ini("revision_environment = True"), "scripts/env.py": "print('env')\n" + ENV}, NEW),
    # Hooks.
    "hook": (hooks("hooks = stamp", "stamp.type = exec", "stamp.executable = %(here)s/stamp.sh"),),
    "hook, options": (hooks("hooks = stamp", "stamp.type = exec", "stamp.executable = %(here)s/stamp.sh",
                            "stamp.options = --note 'two words' REVISION_SCRIPT_FILENAME last"),),
    "hook, several": (hooks("hooks = one, two", "one.type = exec", "one.executable = %(here)s/stamp.sh", "one.options = 1",
                            "two.type = exec", "two.executable = %(here)s/stamp.sh", "two.options = 2"),),
    "hook, no commas": (hooks("hooks = one two", "one.type = exec", "one.executable = %(here)s/stamp.sh",
                              "two.type = exec", "two.executable = %(here)s/stamp.sh"),),
    "hook, cwd": (hooks("hooks = one", "one.type = exec", "one.executable = %(here)s/stamp.sh", "one.cwd = %(here)s/scripts"),),
    "hook in the path": (hooks("hooks = one", "one.type = exec", "one.executable = sh",
                               "one.options = -c 'echo \"# here\" >> \"$0\"' REVISION_SCRIPT_FILENAME"),),
    "hook that fails": (hooks("hooks = one", "one.type = exec", "one.executable = false"),),
    "hook without a type": (hooks("hooks = one", "one.executable = true"),),
    "hook of an unknown type": (hooks("hooks = one", "one.type = magic", "one.executable = true"),),
    "hook without an executable": (hooks("hooks = one", "one.type = exec"),),
    "hook that is not there": (hooks("hooks = one", "one.type = exec", "one.executable = no_such_program"),),
    "hooks, empty": (hooks("hooks ="),),
    "hook that is not described": (hooks("hooks = one"),),
    "hook with a bad quote": (hooks("hooks = one", "one.type = exec", "one.executable = true", "one.options = 'open"),),
    "hook, the file alone": (hooks("hooks = one", "one.type = exec", "one.executable = %(here)s/stamp.sh",
                                   "one.options = REVISION_SCRIPT_FILENAME"),),
    # pyproject.toml
    "toml": (toml('[tool.alembic]\nscript_location = "%(here)s/scripts"\nfile_template = "%%(rev)s-%%(slug)s"\n'
                  'truncate_slug_length = 5\ntimezone = "UTC"\n'), NEW + ["heads"]),
    "toml, locations": (toml('[tool.alembic]\nscript_location = "scripts"\nversion_locations = ["a", "%(here)s/b"]\n'
                             'prepend_sys_path = ["."]\n'),
                        ["revision -m two --rev-id 2 --version-path b", "heads", "revision -m two --rev-id 3"]),
    "toml, here without": (toml('[tool.alembic]\nscript_location = "scripts"\nfile_template = "x%(rev)s"\n'), NEW),
    "toml, hooks": (toml('[tool.alembic]\nscript_location = "scripts"\n[[tool.alembic.post_write_hooks]]\nname = "one"\n'
                         'type = "exec"\nexecutable = "%(here)s/stamp.sh"\noptions = "a REVISION_SCRIPT_FILENAME"\n'
                         '[[tool.alembic.post_write_hooks]]\nname = "two"\ntype = "exec"\nexecutable = "%(here)s/stamp.sh"\n'
                         'cwd = "%(here)s/scripts"\n'), NEW),
    "toml, recursive": ({**toml('[tool.alembic]\nscript_location = "scripts"\nrecursive_version_locations = true\n'
                                'file_template = "%%(year)d/%%(rev)s"\n')}, NEW + ["heads"]),
    "toml, a wrong type": (toml('[tool.alembic]\nscript_location = 5\n'), ["heads"]),
    "toml, broken": (toml('[tool.alembic\nscript_location = "scripts"\n'), ["heads"]),
    "toml, no table": (toml('[tool.black]\nline-length = 5\n'), ["heads"]),
    "toml and ini": ({**ini("truncate_slug_length = 3"),
                      **toml('[tool.alembic]\nscript_location = "nowhere"\ntimezone = "UTC"\ntruncate_slug_length = 5\n')}, NEW),
    "toml named": ({**toml('[tool.black]\n'), "conf/pyproject.toml":
                    '[tool.alembic]\nscript_location = "%(here)s/../scripts"\n'}, ["-c conf/pyproject.toml heads", "heads"]),
}

STAMP = """#!/bin/sh
for file; do test -f "$file" && break; done
echo "# $(basename "$PWD") $#" >> "$file"
for argument; do echo "# $(basename "$argument")" >> "$file"; done
"""


def alembic(arguments, folder):
    """Alembic in a child of this process, which has it loaded."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as problem:
        child = os.fork()
        if not child:
            os.chdir(folder)
            os.dup2(out.fileno(), 1)
            os.dup2(problem.fileno(), 2)
            status = 1
            try:
                status = alembic_main(argv=arguments, prog="alembic") or 0
            except SystemExit as end:
                status = end.code or 0
            except BaseException:
                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status & 255 if isinstance(status, int) else 1)
        _, status = os.waitpid(child, 0)
        texts = []
        for file in (out, problem):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
        return status, *texts


def files_of(folder):
    out = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix in (".py", ".txt"):
            out[str(path.relative_to(folder))] = path.read_bytes()
    return out


def clean(text, folder):
    text = text.replace(str(folder), "$WORK")
    return re.sub(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?", "$TIME", text)


def run(program, case, name):
    """What the commands of a case print and leave behind."""
    settings, commands = (*case[0], *case[1:]) if isinstance(case[0], tuple) else case
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made).resolve() / "project"
        files = {"scripts/env.py": ENV, "scripts/script.py.mako": TEMPLATE, "stamp.sh": STAMP, **settings}
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="latin-1" if name == "latin-1" else "utf-8")
        (folder / "scripts/versions").mkdir(exist_ok=True)
        (folder / "stamp.sh").chmod(0o755)
        seen = []
        for command in commands:
            status, out, problem = program(shlex.split(command), folder)
            out, problem = clean(out, folder), clean(problem, folder)
            succeeded = status == 0
            # Of a failure the texts differ; which they are is for people to see.
            results = [line for line in out.splitlines() if not line.startswith("FAILED")] if succeeded else []
            said = [line for line in (out + problem).splitlines() if line and not line.startswith((" ", "INFO"))][-1:]
            seen.append((command, succeeded, results, said))
        left = {path: clean(content.decode("utf-8", "backslashreplace"), folder)
                for path, content in files_of(folder).items()}
        return seen, left


def same(ours, theirs):
    return [step[:3] for step in ours[0]] == [step[:3] for step in theirs[0]] and ours[1] == theirs[1]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--retort", required=True)
    options.add_argument("--show", action="store_true", help="print the last line of every failure, of both")
    options.add_argument("names", nargs="*")
    options = options.parse_args()
    os.environ.pop("DATABASE_URL", None)
    sys.dont_write_bytecode = True

    def retort(arguments, folder):
        done = subprocess.run([pathlib.Path(options.retort).resolve(), *arguments], cwd=folder, capture_output=True)
        return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    differ = 0
    for name, case in CASES.items():
        if options.names and name not in options.names:
            continue
        for attempt in range(3):  # a second may pass between the two
            theirs, ours = run(alembic, case, name), run(retort, case, name)
            if same(ours, theirs):
                break
        else:
            differ += 1
            print(f"{name}: differs")
            for side, (seen, left) in (("Alembic", theirs), ("retort", ours)):
                print(f"  {side}:")
                for step in seen:
                    print("   ", *step)
                for path in left:
                    if (ours[1] if side == "Alembic" else theirs[1]).get(path) != left[path]:
                        print("   ", path, repr(left[path]))
        if options.show:
            for (command, succeeded, _, said), (_, _, _, said_here) in zip(theirs[0], ours[0]):
                if not succeeded:
                    print(f"{name}: {command}\n  Alembic: {said}\n  retort:  {said_here}")
    print(f"{len(CASES)} cases, {differ} differ")
    sys.exit(differ > 0)


main()
