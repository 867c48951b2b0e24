#!/usr/bin/env python3
"""Runs a story: shell commands with the answers they must give, in a new empty folder.

A story is a txtar file. Its text before the first `-- name --` line is the script; the rest are files
that are there when it starts, with those of --project. In the script a line `$ command`, and `> more` below it
where it has several lines, is run by a shell, with `retort` in PATH, and `alembic` as another name of it; the
lines below are what it must print on standard output, then lines that start with `! `
what it must print on standard error, then `[n]` for an exit code other than 0. Lines above the first
command explain, and so do those that start with `## `. In answers `...` alone on a line stands for any lines, and the folder's path is printed
as $WORK. Where the environment names a database of a test server in POSTGRESQL_URL or MARIADB_URL, the story can use
it, and its host, port and name are printed as $POSTGRESQL_PLACE or $MARIADB_PLACE.

What is new in each run gets a name: a revision id that neither the story nor the project's files have becomes
$REV1, $REV2, ..., a time $TIME.

With --update the answers are written into the file: for review, not for belief.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def parse(text):
    script, files, name = [], {}, None
    for line in text.splitlines():
        match = re.fullmatch(r"-- (\S+) --", line)
        if match:
            name = match[1]
            files[name] = []
        elif name is None:
            script.append(line)
        else:
            files[name].append(line)
    return script, {name: "\n".join(lines) + "\n" for name, lines in files.items()}


def steps(script):
    """Pairs of a command (or a comment) as it is written and the lines of its answer."""
    out = []
    for line in script:
        if line.startswith(("$ ", "## ")) or not any(step.startswith("$ ") for step, _ in out):
            out.append((line, []))
        elif (line + " ").startswith("> ") and out[-1][0].startswith("$ ") and not out[-1][1]:
            out[-1] = (out[-1][0] + "\n" + line, [])
        elif out:
            out[-1][1].append(line)
    return out


def hidden_place(text, environment):
    """Without the host, port and name of the story's database, which are others in each run."""
    for engine in ("POSTGRESQL", "MARIADB"):
        url = environment.get(f"{engine}_URL")
        if url is None:
            continue
        place = url.split("@")[1]
        server, name = place.split("/")
        host, port = server.split(":")
        for own, shown in ((place, f"${engine}_PLACE"), (server, f"${engine}_SERVER"), (name, f"${engine}_DATABASE"),
                           (f'"{host}", port {port}', f'"${engine}_SERVER"'),
                           (f"on '{host}' ", f"on '${engine}_HOST' ")):
            text = text.replace(own, shown)
    return text


def command_of(step):
    """What the shell is given of `$ command` and its `> more` lines."""
    return "\n".join(line[2:] for line in step.split("\n"))


class Names:
    """Stands for revision ids and times that are others in each run."""

    def __init__(self, known_text):
        self.known = known_text
        self.ids = {}

    def apply(self, text):
        text = re.sub(r"(?<![0-9A-Za-z])[0-9a-f]{12}(?![0-9A-Za-z])", self._id, text)
        text = re.sub(r"\b20\d{6}_\d{4}(?=_)", self._time, text)
        # A backup of the same second has a number behind it.
        text = re.sub(r"\b20\d{6}-\d{6}(-\d+)?(?!\d)", "$TIME", text)
        return re.sub(r"(Create Date: )20(?!25-)\d\d-.*", r"\1$TIME", text)

    def _time(self, match):
        return match[0] if match[0] in self.known else "$TIME"

    def _id(self, match):
        is_time = match[0].isdigit() and match[0].startswith("20")
        if match[0] in self.known or is_time:
            return match[0]
        return self.ids.setdefault(match[0], f"$REV{len(self.ids) + 1}")


def answer(command, folder, environment, names):
    run = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, text=True,
                         capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    clean = lambda text: names.apply(hidden_place(text.replace(str(folder), "$WORK"), environment)).rstrip("\n")
    lines = clean(run.stdout).split("\n") if run.stdout.strip("\n") else []
    if run.stderr.strip():
        lines += ["! " + line if line else "!" for line in clean(run.stderr).split("\n")]
    if run.returncode:
        lines.append(f"[{run.returncode}]")
    return [line.rstrip() for line in lines]


def matches(expected, got):
    pattern = r"\n".join(r"(?:.*\n?)*?" if line == "..." else re.escape(line) for line in expected)
    return re.fullmatch(pattern, "\n".join(got)) is not None


def written(line, expected, got):
    """A command's step with the answer it gave. Lines of the old answer that begin with `# ` and are not in the new one
    explain: they stay, as lines that the next run takes for such; and so do blank lines behind it."""
    unreadable = [text for text in got if (text + " ").startswith(("$ ", "> ", "## "))]
    if unreadable:
        sys.exit(f"{line}\nprints a line that a story takes for its own: {unreadable[0]}")
    end = len(expected)
    while end and (not expected[end - 1] or expected[end - 1].startswith("# ") and expected[end - 1] not in got):
        end -= 1
    explained = ["#" + text for text in expected[:end] if text.startswith("# ") and text not in got]
    return [*explained, line, *got, *(text and "#" + text for text in expected[end:])]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--retort", required=True)
    options.add_argument("--update", action="store_true")
    options.add_argument("--project", type=pathlib.Path, help="a folder of files to start with")
    options.add_argument("story", type=pathlib.Path)
    options = options.parse_args()
    script, files = parse(options.story.read_text())
    folder = pathlib.Path(tempfile.mkdtemp()).resolve()
    programs = pathlib.Path(tempfile.mkdtemp()).resolve()
    failures, updated = [], []
    try:
        for name in ("retort", "alembic"):
            (programs / name).symlink_to(pathlib.Path(options.retort).resolve())
        known = options.story.read_text()
        if options.project:
            shutil.copytree(options.project, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
            known += "".join(str(path) + path.read_text() for path in options.project.rglob("*.py"))
        names = Names(known)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        environment = {key: value for key, value in os.environ.items()
                       if key not in ("DATABASE_URL", "ALEMBIC_CONFIG")}
        environment.update(PATH=f"{programs}:{os.environ['PATH']}", HOME=str(folder), LC_ALL="C.UTF-8")
        for line, expected in steps(script):
            if not line.startswith("$ "):
                updated += [line, *expected]
                continue
            got = answer(command_of(line), folder, environment, names)
            whole = expected
            while expected and not expected[-1]:
                expected = expected[:-1]
            if not matches(expected, got):
                failures.append(f"{line}\n  expected:\n    " + "\n    ".join(expected) +
                                "\n  got:\n    " + "\n    ".join(got))
            if options.update:
                updated += written(line, whole, expected if "..." in expected and matches(expected, got) else got)
    finally:
        subprocess.run(["chmod", "-R", "u+rwX", folder])
        shutil.rmtree(folder)
        shutil.rmtree(programs)
    if options.update:
        text = "\n".join(updated) + "\n"
        for name, content in files.items():
            text += f"-- {name} --\n{content}"
        options.story.write_text(text)
    elif failures:
        sys.exit(f"{options.story.name}: {len(failures)} answer(s) differ\n" + "\n".join(failures))


main()
