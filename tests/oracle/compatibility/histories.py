"""Finds the Alembic histories of a checkout: folders of revision files and what they import from."""

import ast
import configparser
import os
import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path

SKIPPED = {".git", "node_modules", "site-packages", "__pycache__", ".venv", "venv"}
IS_REVISION = re.compile(r"^revision\s*(:[^=\n]+)?=", re.M)
IS_SCRIPT = re.compile(r"^def (upgrade|downgrade)\b", re.M)


@dataclass
class Revision:
    path: str
    id: str
    down: list = field(default_factory=list)
    depends: list = field(default_factory=list)


@dataclass
class History:
    project: str
    folder: str
    dialect: str
    import_paths: list
    revisions: list  # in an order in which they can be applied


def texts(value):
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def read_revision(path, text):
    """The header of one file; None when it has no literal revision id."""
    found = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError:
        return None
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else (
            [node.target] if isinstance(node, ast.AnnAssign) else [])
        for target in targets:
            if isinstance(target, ast.Name) and target.id in ("revision", "down_revision",
                                                              "depends_on"):
                try:
                    found[target.id] = ast.literal_eval(node.value)
                except (ValueError, TypeError):
                    pass
    if not isinstance(found.get("revision"), str):
        return None
    return Revision(str(path), found["revision"], texts(found.get("down_revision")),
                    texts(found.get("depends_on")))


def in_order(revisions):
    """Parents first, files by name where the history leaves the order open."""
    by_id = {one.id: one for one in revisions}
    done, out = set(), []
    for start in sorted(revisions, key=lambda one: one.path):
        stack = [(start, False)]
        while stack:
            one, ready = stack.pop()
            if one.id in done:
                continue
            if ready:
                done.add(one.id)
                out.append(one)
                continue
            stack.append((one, True))
            for parent in one.down + one.depends:
                if parent in by_id and parent not in done:
                    stack.append((by_id[parent], False))
    return out


def dialect_of(sources):
    """The engine a history is written for: the one its files name."""
    text = "\n".join(sources)
    postgresql = len(re.findall(r"postgresql|postgres|pg_|::\w", text))
    mysql = len(re.findall(r"mysql", text))
    return "mysql" if mysql > postgresql else "postgresql"


def import_paths(root, folder):
    """Folders that imports of a script start from: what the configuration says, then the folders
    above it that are no packages themselves, and their src."""
    out = []
    for ini in sorted(root.rglob("alembic*.ini")):
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        try:
            parser.read(ini)
        except (configparser.Error, UnicodeDecodeError):
            continue
        for section in parser.sections():
            location = parser.get(section, "script_location", fallback="")
            location = location.replace("%(here)s", str(ini.parent))
            if (ini.parent / location).resolve() in (folder, folder.parent):
                out.append(ini.parent)
    above = folder.parent
    while True:
        if above == root or not (above / "__init__.py").exists():
            out.append(above)
        if (above / "src").is_dir():
            out.append(above / "src")
        if above == root:
            break
        above = above.parent
    return [str(one) for one in dict.fromkeys(out)]


def find(root):
    root = Path(root).resolve()
    groups, sources = {}, {}
    for base, folders, files in os.walk(root):
        folders[:] = sorted(one for one in folders if one not in SKIPPED)
        for name in sorted(files):
            if not name.endswith(".py") or name.startswith("__init__"):
                continue
            path = Path(base) / name
            if not path.is_file():
                continue
            text = path.read_text("utf-8", "replace")
            if not (IS_REVISION.search(text) and IS_SCRIPT.search(text)):
                continue
            revision = read_revision(path, text)
            if not revision:
                continue
            # Files of one environment belong together, in whatever folders they are.
            home = Path(base)
            for above in [home, *home.parents][:4]:
                if (above / "env.py").is_file():
                    home = above
                    break
            groups.setdefault(home, []).append(revision)
            sources.setdefault(home, []).append(text)
    for home, revisions in sorted(groups.items()):
        folder = Path(revisions[0].path).parent
        yield History(root.name, str(home), dialect_of(sources[home]), import_paths(root, folder),
                      in_order(revisions))
